import type { Action } from '@/lib/domain/actions/action-result'
import { CHANNEL_WORDS, type ChannelName } from '@/lib/domain/notifications/delivery'
import type { DeliveryView, TestOutcome } from '@/lib/domain/notifications/views'
import { EmptyState } from '../ui/empty-state'
import { Section } from '../ui/section'
import { DeliveryTable } from './delivery-table'
import { SendTest } from './send-test'

type SentNoticesProps = {
  sent: readonly DeliveryView[]
  channels: readonly ChannelName[]
  sendTest: Action<Record<string, never>, { outcomes: TestOutcome[] }>
  closed: string | undefined
}

/** What left the console, by which way, and how that went. */
export function SentNotices({ sent, channels, sendTest, closed }: SentNoticesProps) {
  return (
    <Section id="sent" title="Sent" lead={waysOut(channels)}>
      {channels.length > 0 ? <SendTest send={sendTest} closed={closed} /> : null}
      {sent.length > 0 ? (
        <DeliveryTable deliveries={sent} />
      ) : (
        <EmptyState>
          {channels.length > 0
            ? 'Nothing was sent yet. A test shows whether it would arrive.'
            : 'Nothing is sent anywhere: what is open stands only in this console. DRAWBRIDGE_SMTP_URL sends it by mail, DRAWBRIDGE_WEBHOOK_URL to a webhook; the README has both.'}
        </EmptyState>
      )}
    </Section>
  )
}

function waysOut(channels: readonly ChannelName[]): string | undefined {
  if (channels.length === 0) return undefined
  return `Sent by ${channels.map((channel) => CHANNEL_WORDS[channel].toLowerCase()).join(' and ')}, ten times within a day until it arrives. The last 100 are listed.`
}
