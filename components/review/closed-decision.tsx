'use client'

import { CANNOT_DECIDE_WORDS, type CannotDecide } from '@/lib/domain/reviews/may-decide'
import { Button } from '../ui/button'

/** The buttons of a decision that is not the reader's: there, and saying why. */
export function ClosedDecision({ because }: { because: CannotDecide }) {
  const words = CANNOT_DECIDE_WORDS[because]
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" disabledReason={words}>
        Enable this version
      </Button>
      <Button disabledReason={words}>Reject…</Button>
    </div>
  )
}
