import type { Metadata } from 'next'
import { ToolPage } from '@/components/layout/page-frames'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { VaultTable } from '@/components/vaults/vault-table'
import { closedBecause } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listConnections } from '@/lib/server/connections/list-connections'
import { enterPage } from '@/lib/server/page'

export const metadata: Metadata = { title: 'Vaults' }

export default async function VaultsPage() {
  const { ctx, actor } = await enterPage('connections.read')
  const vaults = await listConnections(ctx, actor)
  const connect = <ConnectVault closed={closedBecause(actor.roles, 'connections.manage')} />
  return (
    <ToolPage>
      <PageHeader
        title="Vaults"
        lead="What an identity may do at a vault is learnt from real calls only; nothing is tried out."
        actions={vaults.length > 0 ? connect : null}
      />
      {vaults.length > 0 ? (
        <VaultTable vaults={vaults} />
      ) : (
        <EmptyState action={connect}>
          No vault is connected yet. An administrator connects one: its address, and where its credential is found.
        </EmptyState>
      )}
    </ToolPage>
  )
}

function ConnectVault({ closed }: { closed: string | undefined }) {
  if (closed) return <Button disabledReason={closed}>Connect a vault</Button>
  return (
    <LinkButton href={routes.newVault()} variant="primary">
      Connect a vault
    </LinkButton>
  )
}
