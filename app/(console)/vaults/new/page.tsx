import type { Metadata } from 'next'
import { DocumentPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { AddVaultForm } from '@/components/vaults/add-vault-form'
import { CREDENTIAL_WORDS } from '@/lib/domain/connections/credential'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { addConnection } from '../actions'

export const metadata: Metadata = { title: 'Connect a vault' }

export default async function NewVaultPage() {
  await enterPage('connections.manage')
  return (
    <DocumentPage>
      <PageHeader title="Connect a vault" crumbs={[{ label: 'Vaults', href: routes.vaults() }]} />
      <AddVaultForm action={addConnection} credentialWords={CREDENTIAL_WORDS} />
    </DocumentPage>
  )
}
