import type { Metadata } from 'next'
import { Duties } from '@/components/account/duties'
import { NewKeyForm } from '@/components/new-key/new-key-form'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { listConnections } from '@/lib/server/connections/list-connections'
import { readDuties } from '@/lib/server/duties/read-duties'
import { enterPage } from '@/lib/server/page'
import { acknowledgeDutiesAction } from '../../account/duties-actions'
import { createKeyAction } from '../actions'

export const metadata: Metadata = { title: 'New exportable key' }

const LEAD =
  'The vault generates it in its HSM, disabled. An attested environment that its policy lets in may take it out once another officer has enabled it.'

export default async function NewKeyPage() {
  const { ctx, actor } = await enterPage('keys.create')
  const duties = await readDuties(ctx, actor)
  const connections = duties.holds ? await listConnections(ctx, actor) : []
  const vaults = connections.map(({ id, name, url, kind, environment }) => ({ id, name, url, kind, environment }))
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="New exportable key" crumbs={[{ label: 'Keys', href: routes.keys() }]} lead={LEAD} />
      {!duties.holds ? (
        <Duties duties={duties} acknowledge={acknowledgeDutiesAction} />
      ) : vaults.length > 0 ? (
        <NewKeyForm vaults={vaults} create={createKeyAction} />
      ) : (
        <EmptyState action={<LinkButton href={routes.vaults()}>Vaults</LinkButton>}>
          No vault is connected yet. An administrator connects one first.
        </EmptyState>
      )}
    </div>
  )
}
