import type { ChannelName, DeliveryError, DeliveryStatus } from './delivery'
import type { NoticeKind, Urgency } from './notice'

/** Something that needs somebody now. Times are ISO 8601 in UTC. */
export interface NoticeView {
  id: string
  kind: NoticeKind
  urgency: Urgency
  subject: string
  text: string
  path: string
  raisedAt: string
}

export interface DeliveryView {
  id: string
  kind: NoticeKind
  subject: string
  raisedAt: string
  channel: ChannelName
  status: DeliveryStatus
  attempts: number
  lastAttemptAt: string | null
  nextAttemptAt: string | null
  deliveredAt: string | null
  lastError: DeliveryError | null
}

export interface NoticesView {
  open: NoticeView[]
  /** More are open than are listed. */
  openTotal: number
  /** What was sent; null for those who may not see it. */
  sent: DeliveryView[] | null
  channels: readonly ChannelName[]
}

/** How a test went, by channel. */
export type TestOutcome = { channel: ChannelName; error: DeliveryError | null }
