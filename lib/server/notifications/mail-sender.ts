import 'server-only'
import { createTransport } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { z } from 'zod'
import type { DeliveryError } from '@/lib/domain/notifications/delivery'
import type { SmtpSettings } from '../../../scripts/lib/notice-settings.mjs'
import { logFailure } from '../doors/log-failure'
import type { Attempt, OutgoingNotice, Sender } from './channels'

/** Milliseconds: to connect, for the greeting, for silence on the line, and for the whole of one attempt. */
const PATIENCE = { connect: 10_000, greeting: 10_000, silence: 15_000, whole: 40_000 }
export type MailPatience = typeof PATIENCE

/** Over TLS from the start (smtps) or by STARTTLS, which is required unless the server is on this machine. */
export function mailSender(settings: SmtpSettings, publicUrl: string, patience: MailPatience = PATIENCE): Sender {
  return async (outgoing) => {
    const recipients = await outgoing.recipients()
    if (recipients.length === 0) return { delivered: false, error: 'nobody-to-tell' }
    const transport = createTransport({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: !settings.secure && !settings.loopback,
      ignoreTLS: !settings.secure && settings.loopback,
      ...(settings.auth ? { auth: settings.auth } : {}),
      connectionTimeout: patience.connect,
      greetingTimeout: patience.greeting,
      socketTimeout: patience.silence,
      tls: { minVersion: 'TLSv1.2' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    try {
      return attemptOf(
        await inTime(transport.sendMail(mailOf(outgoing, recipients, settings, publicUrl)), patience.whole),
      )
    } catch (error) {
      return { delivered: false, error: faultOf(error) }
    } finally {
      transport.close()
    }
  }
}

/** A server that drips its answers resets the silence each time; the whole has an end of its own. */
async function inTime<T>(sending: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('the mail server took too long'), { code: 'ETIMEDOUT' })),
      ms,
    )
  })
  try {
    return await Promise.race([sending, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Addresses are objects, never parsed from text; nodemailer encodes and folds what stands in headers. */
function mailOf(
  { deliveryId, subject, text, link, urgency, raisedAt }: OutgoingNotice,
  recipients: readonly string[],
  { from }: SmtpSettings,
  publicUrl: string,
) {
  return {
    from: { name: 'Drawbridge', address: from },
    to: recipients.map((address) => ({ name: '', address })),
    subject,
    text: `${text}\n\n${link}\n\nSent by Drawbridge at ${publicUrl} to those whose roles it concerns.\n`,
    date: raisedAt,
    messageId: `<${deliveryId}@${hostOf(publicUrl)}>`,
    priority: urgency === 'alarm' ? ('high' as const) : ('normal' as const),
    headers: { 'Auto-Submitted': 'auto-generated' },
    encoding: 'utf-8',
  }
}

function hostOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[a-z0-9.-]+$/i.test(hostname) ? hostname : 'drawbridge.invalid'
}

/** What nodemailer gives beside its typed answer. */
const rejectionsSchema = z.object({
  rejectedErrors: z.array(z.object({ responseCode: z.number().optional() })).optional(),
})

/** Some were refused: for good, then the others have it; or put off for now, then all are tried again. */
function attemptOf(sent: SMTPTransport.SentMessageInfo): Attempt {
  if (sent.rejected.length === 0) return { delivered: true, error: null }
  const { rejectedErrors = [] } = rejectionsSchema.parse(sent)
  const forNow = rejectedErrors.some(({ responseCode = 0 }) => responseCode >= 400 && responseCode < 500)
  if (forNow) return { delivered: false, error: 'recipients-deferred' }
  return { delivered: true, error: 'recipients-refused' }
}

const CODES: Record<string, DeliveryError> = {
  ECONNECTION: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EDNS: 'unreachable',
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EREQUIRETLS: 'tls',
  EAUTH: 'not-authenticated',
  ENOAUTH: 'not-authenticated',
  ESOCKET: 'connection-lost',
  ECONNRESET: 'connection-lost',
  EENVELOPE: 'refused',
  EMESSAGE: 'refused',
  EPROTOCOL: 'failed-there',
  ESTREAM: 'connection-lost',
}

function faultOf(error: unknown): DeliveryError {
  if (!(error instanceof Error)) return 'unexpected'
  const code = 'code' in error ? String(error.code) : ''
  const { cause } = error
  const inner = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (/CERT|SSL|ALTNAME|ISSUER/.test(`${code} ${inner}`)) return 'tls'
  if (/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH/.test(`${inner} ${error.message}`)) return 'unreachable'
  const known = CODES[code]
  if (!known) logFailure(error, { where: 'mail', requestId: 'none' })
  return known ?? 'unexpected'
}
