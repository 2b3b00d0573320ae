import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { ChangeVaultForm } from '@/components/vaults/change-vault-form'
import { CREDENTIAL_WORDS } from '@/lib/domain/connections/credential'
import { routes } from '@/lib/routes'
import { getConnection } from '@/lib/server/connections/get-connection'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { changeConnectionAction } from '../../actions'

export const metadata: Metadata = { title: 'Change a vault' }

export default async function ChangeVaultPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, actor } = await enterPage('connections.manage')
  const { id } = await params
  const vault = isUuid(id) ? await getConnection(ctx, actor, id) : null
  if (!vault?.credential) notFound()
  const { name, kind, url, environment, credential } = vault
  return (
    <DocumentPage>
      <PageHeader
        title={`Change ${name}`}
        crumbs={[
          { label: 'Vaults', href: routes.vaults() },
          { label: name, href: routes.vault(id) },
        ]}
        lead="Nothing changes yet: another administrator confirms it first. An address or a credential decides which vault every act reaches."
      />
      <ChangeVaultForm
        vault={{ id, name, kind, url, environment, credential }}
        action={changeConnectionAction}
        credentialWords={CREDENTIAL_WORDS}
      />
    </DocumentPage>
  )
}
