import { Countdown } from '@/components/ui/countdown'
import { DateTime } from '@/components/ui/date-time'

type KekExpiryProps = {
  expiresAt: string | null
  /** Beside the countdown, the exact time. */
  exact?: boolean
}

const DAY_MS = 86_400_000

/** When a KEK ends. A ceremony takes days, so it asks for attention three days ahead and is urgent on the last. */
export function KekExpiry({ expiresAt, exact = false }: KekExpiryProps) {
  if (!expiresAt) return <span className="text-text-muted">No expiry set</span>
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {exact ? <DateTime value={expiresAt} relative="none" /> : null}
      <Countdown until={expiresAt} attentionMs={3 * DAY_MS} dangerMs={DAY_MS} />
    </span>
  )
}
