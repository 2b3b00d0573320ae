import type { InventoryRow } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { PageHeader } from '../ui/page-header'
import { KeyStateBadge } from './key-state-badge'

/** A key of which only the deletion is known: it was gone before Drawbridge had read a version of it. */
export function BareKey({ row }: { row: InventoryRow }) {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={row.name}
        crumbs={[{ label: 'Keys', href: routes.keys() }]}
        status={<KeyStateBadge state={row.state} />}
        lead={`In ${row.vaultName}`}
      />
      <Banner tone="attention" title="No version of this key was ever read">
        {row.state === 'destroy_pending'
          ? 'It was deleted before Drawbridge had read it. Until it is purged it can be recovered at the vault, and no other key can take its name.'
          : 'Drawbridge has seen its name only. It is read the next time the vault is read.'}
      </Banner>
    </div>
  )
}
