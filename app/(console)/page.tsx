import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ToolPage } from '@/components/layout/page-frames'
import { crossingSteps } from '@/components/start/crossing'
import { CrossingSteps } from '@/components/start/crossing-steps'
import { ExpiringList } from '@/components/start/expiring-list'
import { VaultHealthList } from '@/components/start/vault-health-list'
import { WaitingList } from '@/components/start/waiting-list'
import { Banner } from '@/components/ui/banner'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { TextLink } from '@/components/ui/text-link'
import { inventoryUrl } from '@/lib/client/keys/inventory-address'
import { parseInventoryUrl } from '@/lib/client/keys/inventory-url'
import { hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { env } from '@/lib/server/env'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { countKeks } from '@/lib/server/keks/count-keks'
import { enterPage } from '@/lib/server/page'
import { lacksPasskey } from '@/lib/server/passkeys/lacks-passkey'
import { listWaitingReviews } from '@/lib/server/reviews/list-reviews'
import { getStatus } from '@/lib/server/status/get-status'

export const metadata: Metadata = { title: 'Start' }

const SHOWN = 5
const expiringSoon = parseInventoryUrl({ expires: '30', sort: 'expires' })

export default async function StartPage() {
  const { ctx, actor } = await enterPage('keys.read')
  // Who signs in without the passkey that is asked for is led to where one registers it.
  if (await lacksPasskey(ctx, actor, env().passkeys.required)) redirect(routes.account('passkeys'))
  const mayReview = hasPermission(actor.roles, 'reviews.read')
  const [status, keks, expiring, reviews] = await Promise.all([
    getStatus(ctx, actor),
    countKeks(ctx, actor),
    listKeys(ctx, actor, { ...expiringSoon, pageSize: SHOWN }),
    mayReview ? listWaitingReviews(ctx, actor) : [],
  ])
  const waiting = reviews.slice(0, SHOWN)
  const { vaults } = status
  return (
    <ToolPage>
      <PageHeader
        title="How a key crosses"
        lead="Keys cross into the vault, and nothing crosses until two people agree."
      />
      {vaults.length === 0 ? <NoVault mayConnect={hasPermission(actor.roles, 'connections.manage')} /> : null}
      <CrossingSteps steps={crossingSteps({ status, keks, roles: actor.roles })} />
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 pt-6 xl:grid-cols-2">
        {waiting.length > 0 ? (
          <div className="xl:col-span-2">
            <Section title="Waiting for a second officer" actions={<All href={routes.reviews()} />}>
              <WaitingList reviews={waiting} />
            </Section>
          </div>
        ) : null}
        {expiring.rows.length > 0 ? (
          <Section title="Expiring within 30 days" actions={<All href={routes.keys(inventoryUrl(expiringSoon))} />}>
            <ExpiringList rows={expiring.rows} />
          </Section>
        ) : null}
        {vaults.length > 0 ? (
          <Section title="Vaults" actions={<All href={routes.vaults()} />}>
            <VaultHealthList vaults={vaults} />
          </Section>
        ) : null}
      </div>
    </ToolPage>
  )
}

function All({ href }: { href: string }) {
  return (
    <TextLink href={href} className="text-table">
      See all
    </TextLink>
  )
}

function NoVault({ mayConnect }: { mayConnect: boolean }) {
  return (
    <Banner
      tone="information"
      title="No vault is connected yet"
      actions={mayConnect ? <LinkButton href={routes.newVault()}>Connect a vault</LinkButton> : null}
    >
      {mayConnect
        ? 'Before the first key can cross, connect the vault it goes to.'
        : 'Before the first key can cross, an administrator connects the vault it goes to.'}
    </Banner>
  )
}
