import { Badge } from '@/components/ui/badge'
import type { ShapeName } from '@/components/ui/shape'
import type { Tone } from '@/components/ui/tone'
import type { KekState } from '@/lib/domain/keks/views'

const LOOKS = {
  creating: { tone: 'information', shape: 'half', word: 'Being created' },
  usable: { tone: 'good', shape: 'circle', word: 'Usable' },
  expired: { tone: 'danger', shape: 'cross', word: 'Expired' },
  not_yet_valid: { tone: 'attention', shape: 'clock', word: 'Not yet valid' },
  disabled: { tone: 'neutral', shape: 'ring', word: 'Disabled' },
  deleted: { tone: 'neutral', shape: 'cross', word: 'Deleted' },
  failed: { tone: 'danger', shape: 'cross', word: 'Creation failed' },
  not_known: { tone: 'attention', shape: 'question', word: 'Not known' },
} as const satisfies Record<KekState, { tone: Tone; shape: ShapeName; word: string }>

export function KekStateBadge({ state }: { state: KekState }) {
  const { tone, shape, word } = LOOKS[state]
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  )
}
