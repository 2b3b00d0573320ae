import { FIRST_SEEN_WORDS, type FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { Badge } from '../ui/badge'

export function FirstBadge({ seen }: { seen: FirstSeen }) {
  return <Badge tone="attention">{FIRST_SEEN_WORDS[seen]}</Badge>
}
