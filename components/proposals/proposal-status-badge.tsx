import { PROPOSAL_STATUS_WORDS, type ShownStatus } from '@/lib/domain/proposals/views'
import { Badge } from '../ui/badge'
import type { Tone } from '../ui/tone'

const TONES = {
  waiting: 'information',
  confirmed: 'good',
  refused: 'danger',
  withdrawn: 'neutral',
  failed: 'neutral',
  lapsed: 'attention',
} as const satisfies Record<ShownStatus, Tone>

export function ProposalStatusBadge({ status }: { status: ShownStatus }) {
  return <Badge tone={TONES[status]}>{PROPOSAL_STATUS_WORDS[status]}</Badge>
}
