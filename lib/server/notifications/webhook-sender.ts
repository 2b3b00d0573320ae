import 'server-only'
import { createHmac } from 'node:crypto'
import type { DeliveryError } from '@/lib/domain/notifications/delivery'
import type { WebhookSettings } from '../../../scripts/lib/notice-settings.mjs'
import type { Attempt, OutgoingNotice, Sender } from './channels'

/** Milliseconds for the whole of one attempt. */
const PATIENCE_MS = 15_000

/**
 * One POST of JSON, signed after Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`. Redirects are not followed; of the answer only its status is read. The address is the operator's own
 * setting, so it may well be in a private network.
 */
export function webhookSender({ url, secret }: WebhookSettings, patienceMs = PATIENCE_MS): Sender {
  return async (outgoing) => {
    const body = bodyOf(outgoing)
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        cache: 'no-store',
        headers: { 'content-type': 'application/json', ...signatureHeaders(outgoing.deliveryId, body, secret) },
        body,
        signal: AbortSignal.timeout(patienceMs),
      })
      await response.body?.cancel()
      return attemptOf(response.status)
    } catch (error) {
      return { delivered: false, error: faultOf(error) }
    }
  }
}

/** Documented in README.md: fields are added, never renamed. */
function bodyOf({ notice, noticeId, urgency, subject, text, link, raisedAt }: OutgoingNotice): string {
  return JSON.stringify({
    type: `notice.${notice.kind}`,
    timestamp: raisedAt.toISOString(),
    data: { id: noticeId, urgency, subject, text, link, facts: notice.facts },
  })
}

function signatureHeaders(id: string, body: string, secret: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    'idempotency-key': id,
  }
}

function attemptOf(status: number): Attempt {
  if (status >= 200 && status < 300) return { delivered: true, error: null }
  if (status >= 300 && status < 400) return { delivered: false, error: 'redirect' }
  return { delivered: false, error: status >= 500 ? 'failed-there' : 'refused' }
}

const CODES: Record<string, DeliveryError> = {
  ECONNREFUSED: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  UND_ERR_SOCKET: 'connection-lost',
}

function faultOf(error: unknown): DeliveryError {
  if (!(error instanceof Error)) return 'unexpected'
  if (error.name === 'TimeoutError') return 'timeout'
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  // Node's and OpenSSL's names for what is wrong with a certificate or a handshake.
  if (/CERT|SSL|TLS|ALTNAME|SIGNATURE|ISSUER/.test(code)) return 'tls'
  return CODES[code] ?? 'unreachable'
}
