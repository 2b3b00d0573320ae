import type { ImportStatus } from '@/lib/domain/imports/status'
import { Badge } from '../ui/badge'
import type { ShapeName } from '../ui/shape'
import type { Tone } from '../ui/tone'

const LOOKS = {
  uploading: { tone: 'information', shape: 'half', word: 'Being uploaded' },
  indeterminate: { tone: 'attention', shape: 'question', word: 'Outcome not known' },
  awaiting_review: { tone: 'attention', shape: 'clock', word: 'Waiting for review' },
  enabling: { tone: 'information', shape: 'half', word: 'Being enabled' },
  enabled: { tone: 'good', shape: 'circle', word: 'Enabled' },
  rejecting: { tone: 'information', shape: 'half', word: 'Being rejected' },
  rejected: { tone: 'neutral', shape: 'cross', word: 'Rejected' },
  substituted: { tone: 'danger', shape: 'cross', word: 'Substituted' },
  failed: { tone: 'danger', shape: 'cross', word: 'Failed' },
} as const satisfies Record<ImportStatus, { tone: Tone; shape: ShapeName; word: string }>

export function ImportStatusBadge({ status }: { status: ImportStatus }) {
  const { tone, shape, word } = LOOKS[status]
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  )
}
