import type { Metadata } from 'next'
import { CreateKekForm } from '@/components/keks/create-kek-form'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { listConnections } from '@/lib/server/connections/list-connections'
import { enterPage } from '@/lib/server/page'
import { createKekAction } from '../actions'

export const metadata: Metadata = { title: 'Create a key exchange key' }

export default async function NewKekPage() {
  const { ctx, actor } = await enterPage('keks.create')
  const connections = await listConnections(ctx, actor)
  const vaults = connections.map(({ id, name, url, kind, environment }) => ({ id, name, url, kind, environment }))
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader
        title="Create a key exchange key"
        crumbs={[{ label: 'KEKs', href: routes.keks() }]}
        lead="The vault generates it in its HSM. Only its public half can ever be read."
      />
      {vaults.length > 0 ? (
        <CreateKekForm vaults={vaults} createKek={createKekAction} />
      ) : (
        <EmptyState action={<LinkButton href={routes.vaults()}>Vaults</LinkButton>}>
          No vault is connected yet. An administrator connects one first.
        </EmptyState>
      )}
    </div>
  )
}
