import { Badge } from '../ui/badge'

/** Whether a policy can be changed: a word and a mark. */
export function ImmutableBadge({ immutable }: { immutable: boolean }) {
  return immutable ? (
    <Badge tone="attention" shape="square">
      Immutable
    </Badge>
  ) : (
    <Badge tone="neutral" shape="ring">
      Can be changed
    </Badge>
  )
}
