import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { KeyPolicyDocument } from '@/components/key-policy/key-policy-document'
import { DocumentPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { closedBecause } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { getKeyPolicy } from '@/lib/server/policy-changes/get-key-policy'
import { addPolicyTestAction, proposePolicyAction, removePolicyTestAction } from './actions'

type KeyPolicyPageProps = { params: Promise<{ connection: string; name: string }> }

export async function generateMetadata({ params }: KeyPolicyPageProps): Promise<Metadata> {
  return { title: `Release policy of ${(await params).name}` }
}

export default async function KeyPolicyPage({ params }: KeyPolicyPageProps) {
  const { ctx, actor } = await enterPage('keys.read')
  const { connection: connectionId, name } = await params
  if (!isUuid(connectionId) || !KEY_NAME_PATTERN.test(name)) notFound()
  const view = await getKeyPolicy(ctx, actor, { connectionId, name })
  if (!view) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Release policy of ${view.keyName}`}
        crumbs={[
          { label: 'Keys', href: routes.keys() },
          { label: view.vaultName, href: routes.keys({ vault: connectionId }) },
          { label: view.keyName, href: routes.key(connectionId, view.keyName) },
        ]}
      />
      <KeyPolicyDocument
        view={view}
        closed={closedBecause(actor.roles, 'policies.propose')}
        actions={{ propose: proposePolicyAction, add: addPolicyTestAction, remove: removePolicyTestAction }}
      />
    </DocumentPage>
  )
}
