import { ACCOUNT_WORDS, type AccountState } from '@/lib/domain/people/views'
import { Badge } from '../ui/badge'
import type { Tone } from '../ui/tone'

const TONES = {
  open: 'good',
  closed: 'attention',
  invited: 'information',
  'invitation-lapsed': 'attention',
} as const satisfies Record<AccountState, Tone>

export function AccountBadge({ state }: { state: AccountState }) {
  const words = ACCOUNT_WORDS[state]
  return state === 'closed' ? (
    <Badge tone={TONES[state]} shape="half">
      {words}
    </Badge>
  ) : (
    <Badge tone={TONES[state]}>{words}</Badge>
  )
}
