import 'server-only'
import type { ChannelName, DeliveryError } from '@/lib/domain/notifications/delivery'
import type { Notice, Urgency } from '@/lib/domain/notifications/notice'
import type { NoticeSettings } from '../../../scripts/lib/notice-settings.mjs'
import { env } from '../env'
import { mailSender } from './mail-sender'
import { webhookSender } from './webhook-sender'

/** A notice as it leaves the house. */
export interface OutgoingNotice {
  /** The delivery's: every attempt carries it, so that the other side can tell a repeat. */
  deliveryId: string
  noticeId: string
  notice: Notice
  urgency: Urgency
  subject: string
  text: string
  /** Absolute, on the public origin. */
  link: string
  raisedAt: Date
  /** E-mail addresses; only mail wants them. */
  recipients: () => Promise<readonly string[]>
}

/** One attempt. `delivered` may carry an error too: not everybody was reached. Never throws for what the other side did. */
export type Attempt = { delivered: boolean; error: DeliveryError | null }
export type Sender = (outgoing: OutgoingNotice) => Promise<Attempt>
export type Senders = Partial<Record<ChannelName, Sender>>

export function channelsSet({ smtp, webhook }: NoticeSettings): readonly ChannelName[] {
  return [...(smtp ? (['smtp'] as const) : []), ...(webhook ? (['webhook'] as const) : [])]
}

export function sendersOf({ smtp, webhook }: NoticeSettings, publicUrl: string): Senders {
  return {
    ...(smtp ? { smtp: mailSender(smtp, publicUrl) } : {}),
    ...(webhook ? { webhook: webhookSender(webhook) } : {}),
  }
}

/** This process's. */
export function processSenders(): Senders {
  return sendersOf(env().notices, env().publicUrl)
}
