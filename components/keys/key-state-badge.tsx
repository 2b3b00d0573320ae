import { KEY_STATE_WORDS, type KeyState } from '@/lib/domain/keys/key-state'
import { Badge } from '../ui/badge'
import type { Tone } from '../ui/tone'

/** The shapes of states; each has a file of its name for `state-mark.tsx`. */
type StateShape = 'circle' | 'ring' | 'half' | 'square' | 'cross' | 'clock' | 'question'

export const STATE_LOOKS = {
  pre_activation: { tone: 'information', shape: 'ring' },
  disabled_unknown: { tone: 'neutral', shape: 'question' },
  active: { tone: 'good', shape: 'circle' },
  suspended: { tone: 'attention', shape: 'half' },
  deactivated: { tone: 'neutral', shape: 'square' },
  destroy_pending: { tone: 'attention', shape: 'clock' },
  destroyed: { tone: 'neutral', shape: 'cross' },
} as const satisfies Record<KeyState, { tone: Tone; shape: StateShape }>

/** A key's state in the one vocabulary used everywhere: shape, word, colour. */
export function KeyStateBadge({ state }: { state: KeyState }) {
  return <Badge {...STATE_LOOKS[state]}>{KEY_STATE_WORDS[state].label}</Badge>
}

/** "Compromised" is a mark beside the state, not a state. */
export function CompromisedBadge() {
  return (
    <Badge tone="danger" shape="triangle">
      Compromised
    </Badge>
  )
}

export function KekBadge() {
  return (
    <Badge tone="information" shape="diamond">
      KEK
    </Badge>
  )
}

export function UnderReviewBadge() {
  return (
    <Badge tone="attention" shape="clock">
      Under review
    </Badge>
  )
}
