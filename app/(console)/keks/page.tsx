import type { Metadata } from 'next'
import { KekTable } from '@/components/keks/kek-table'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { closedBecause } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listKeks } from '@/lib/server/keks/list-keks'
import { enterPage } from '@/lib/server/page'

export const metadata: Metadata = { title: 'Key exchange keys' }

export default async function KeksPage() {
  const { ctx, actor } = await enterPage('keks.read')
  const keks = await listKeks(ctx, actor)
  const closed = closedBecause(actor.roles, 'keks.create')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Key exchange keys"
        lead="A key exchange key (KEK) is made in the vault and never leaves it. Its public half goes to your HSM, which wraps the key that is to cross."
        actions={closed ? <CannotCreate because={closed} /> : <CreateLink />}
      />
      {keks.length > 0 ? (
        <KekTable keks={keks} />
      ) : (
        <EmptyState action={closed ? null : <CreateLink />}>
          No KEK yet. Create one in the vault that is to receive a key, then carry its public half to the HSM.
        </EmptyState>
      )}
    </div>
  )
}

function CreateLink() {
  return (
    <LinkButton href={routes.newKek()} variant="primary">
      Create a KEK
    </LinkButton>
  )
}

function CannotCreate({ because }: { because: string }) {
  return (
    <Button variant="primary" disabledReason={because}>
      Create a KEK
    </Button>
  )
}
