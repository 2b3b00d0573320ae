import type { ConnectionState } from '@/lib/domain/connections/views'
import { Badge } from '../ui/badge'
import type { ShapeName } from '../ui/shape'
import type { Tone } from '../ui/tone'

const looks = {
  answering: { tone: 'good', shape: 'circle', word: 'Answering' },
  not_answering: { tone: 'danger', shape: 'cross', word: 'Not answering' },
  not_activated: { tone: 'attention', shape: 'half', word: 'Not activated' },
  not_known: { tone: 'neutral', shape: 'ring', word: 'Not asked yet' },
} as const satisfies Record<ConnectionState, { tone: Tone; shape: ShapeName; word: string }>

export function ConnectionStateBadge({ state }: { state: ConnectionState }) {
  const { word, ...look } = looks[state]
  return <Badge {...look}>{word}</Badge>
}
