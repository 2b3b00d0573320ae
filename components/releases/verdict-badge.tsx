import type { EvaluationMark } from '@/lib/domain/releases/history/evaluation-views'
import type { ReleaseVerdict } from '@/lib/domain/releases/release-verdict'
import { Badge } from '../ui/badge'
import type { ShapeName } from '../ui/shape'
import type { Tone } from '../ui/tone'

const LOOKS = {
  agrees: { tone: 'good', shape: 'check', word: 'Agrees' },
  diverges: { tone: 'danger', shape: 'triangle', word: 'Diverges' },
  'policy-not-known': { tone: 'attention', shape: 'question', word: 'Policy not known' },
  'not-by-policy': { tone: 'neutral', shape: 'ring', word: 'Not by policy' },
} as const satisfies Record<ReleaseVerdict, { tone: Tone; shape: ShapeName; word: string }>

/** What a release came to when it was evaluated again. */
export function VerdictBadge({ verdict }: Pick<EvaluationMark, 'verdict'>) {
  const { tone, shape, word } = LOOKS[verdict]
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  )
}
