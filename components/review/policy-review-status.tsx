import { Badge } from '../ui/badge'
import type { ShapeName } from '../ui/shape'
import type { Tone } from '../ui/tone'

const STATUSES: Record<string, { tone: Tone; shape: ShapeName; word: string }> = {
  awaiting_review: { tone: 'attention', shape: 'clock', word: 'Waiting for review' },
  enabling: { tone: 'information', shape: 'half', word: 'Being set at the vault' },
  enabled: { tone: 'good', shape: 'check', word: 'Set' },
  rejected: { tone: 'neutral', shape: 'cross', word: 'Rejected' },
  withdrawn: { tone: 'neutral', shape: 'cross', word: 'Withdrawn' },
}

/** How far a proposed policy is, in its own words. */
export function PolicyReviewStatus({ status }: { status: string }) {
  const { tone, shape, word } = STATUSES[status] ?? { tone: 'danger', shape: 'cross', word: 'Failed' }
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  )
}
