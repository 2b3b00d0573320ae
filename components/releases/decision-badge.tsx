import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { Badge } from '../ui/badge'

const LOOKS = {
  release: {
    allowed: { tone: 'information', word: 'Released' },
    denied: { tone: 'danger', word: 'Denied' },
    failed: { tone: 'attention', word: 'Failed' },
  },
  change: {
    allowed: { tone: 'information', word: 'Done' },
    denied: { tone: 'danger', word: 'Denied' },
    failed: { tone: 'attention', word: 'Failed' },
  },
} as const

/** How a call ended, by the vault's status. */
export function DecisionBadge({ record }: { record: Pick<LogRecordView, 'decision'> & { act: 'release' | 'change' } }) {
  const { tone, word } = LOOKS[record.act][record.decision]
  return <Badge tone={tone}>{word}</Badge>
}
