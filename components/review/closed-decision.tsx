'use client'

import { CANNOT_DECIDE_WORDS, type CannotDecide } from '@/lib/domain/reviews/may-decide'
import { Button } from '../ui/button'

type ClosedDecisionProps = { because: CannotDecide; approveLabel?: string }

/** The buttons of a decision that is not the reader's: there, and saying why. */
export function ClosedDecision({ because, approveLabel = 'Enable this version' }: ClosedDecisionProps) {
  const words = CANNOT_DECIDE_WORDS[because]
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" disabledReason={words}>
        {approveLabel}
      </Button>
      <Button disabledReason={words}>Reject…</Button>
    </div>
  )
}
