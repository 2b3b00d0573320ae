import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { WaitingAbout } from '@/components/people/waiting-about'
import { Banner } from '@/components/ui/banner'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { ApprovalPolicy } from '@/components/vaults/approval-policy'
import { CapabilityTable } from '@/components/vaults/capability-table'
import { ConnectionStateBadge } from '@/components/vaults/connection-state-badge'
import { RoleNote } from '@/components/vaults/role-note'
import { VaultActs } from '@/components/vaults/vault-acts'
import { VaultFacts } from '@/components/vaults/vault-facts'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { getApprovalPolicy } from '@/lib/server/connections/get-approval-policy'
import { getConnection } from '@/lib/server/connections/get-connection'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { checkConnection, proposeApprovalPolicyAction, removeConnection } from '../actions'

export const metadata: Metadata = { title: 'Vault' }

export default async function VaultPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, actor } = await enterPage('connections.read')
  const { id } = await params
  const vault = isUuid(id) ? await getConnection(ctx, actor, id) : null
  if (!vault) notFound()
  const policy = await getApprovalPolicy(ctx, actor, id)
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={vault.name}
        crumbs={[{ label: 'Vaults', href: routes.vaults() }]}
        status={<ConnectionStateBadge state={vault.state} />}
      />
      {vault.state === 'not_answering' || vault.state === 'not_activated' ? (
        <Banner tone="attention" title={vault.lastErrorWords ?? 'The vault does not answer.'}>
          Its keys stay in the inventory as they were last seen. Nothing can be sent to it meanwhile.
        </Banner>
      ) : null}
      <WaitingAbout waiting={vault.waiting} />
      <VaultActs
        vault={{ id: vault.id, name: vault.name }}
        check={checkConnection}
        remove={removeConnection}
        closed={{
          check: closedBecause(actor.roles, 'keys.refresh'),
          change: changeClosed(actor.roles, vault.waiting),
          remove: closedBecause(actor.roles, 'connections.manage'),
        }}
      />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-2">
        <Section id="facts" title="Connection">
          <VaultFacts vault={vault} />
        </Section>
        <div className="flex min-w-0 flex-col gap-8">
          <Section
            title="What its identity may do"
            lead="Learnt from real calls; an act nobody has asked for yet is not known."
          >
            <CapabilityTable capabilities={vault.capabilities} />
          </Section>
          {policy ? (
            <ApprovalPolicy
              vault={{ id: vault.id, name: vault.name }}
              policy={policy}
              propose={proposeApprovalPolicyAction}
              closed={closedBecause(actor.roles, 'connections.manage')}
              maySeeProposal={hasPermission(actor.roles, 'connections.manage')}
            />
          ) : null}
          <Section id="role" title="The role it needs">
            <RoleNote kind={vault.kind} />
          </Section>
        </div>
      </div>
    </div>
  )
}

function changeClosed(roles: readonly Role[], waiting: readonly { kind: string }[]): string | undefined {
  const waits = waiting.some(({ kind }) => kind === 'change_connection')
  return (
    closedBecause(roles, 'connections.manage') ??
    (waits ? 'A change of this connection waits already: see above.' : undefined)
  )
}
