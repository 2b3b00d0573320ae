import type { InventoryRow } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { LinkButton } from '../ui/link-button'
import { KeyStateBadge } from './key-state-badge'

/** Where no version can be shown: a key of which only the deletion is known, or a name that no key has. */
export function BareKey({ row }: { row: InventoryRow | undefined }) {
  if (!row) {
    return (
      <Banner
        tone="attention"
        title="This vault holds no such key or version"
        actions={<LinkButton href={routes.keys()}>Go to the keys</LinkButton>}
      >
        The address may be mistyped, or what it named has been purged.
      </Banner>
    )
  }
  return (
    <>
      <div>
        <KeyStateBadge state={row.state} />
      </div>
      <Banner tone="attention" title="No version of this key was ever read">
        {row.state === 'destroy_pending'
          ? 'It was deleted before Drawbridge had read it. Until it is purged it can be recovered at the vault, and no other key can take its name.'
          : 'Drawbridge has seen its name only. It is read the next time the vault is read.'}
      </Banner>
    </>
  )
}
