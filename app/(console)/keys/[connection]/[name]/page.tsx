import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BareKey } from '@/components/keys/bare-key'
import { KeyAsCode } from '@/components/keys/key-as-code'
import { KeyBanners } from '@/components/keys/key-banners'
import { KeyFacts } from '@/components/keys/key-facts'
import { KeyHistory } from '@/components/keys/key-history'
import { CompromisedBadge, KekBadge, KeyStateBadge, UnderReviewBadge } from '@/components/keys/key-state-badge'
import { KeyTags } from '@/components/keys/key-tags'
import { PublicKey } from '@/components/keys/public-key'
import { VersionActButtons } from '@/components/keys/version-act-buttons'
import { closedActs } from '@/components/keys/version-acts'
import { VersionTable } from '@/components/keys/version-table'
import { isWithheld } from '@/components/keys/version-words'
import { WhatWorksTable } from '@/components/keys/what-works-table'
import { DateTime } from '@/components/ui/date-time'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { parseInventoryUrl } from '@/lib/client/keys/inventory-url'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import type { InventoryRow, KeyDetail } from '@/lib/domain/keys/views'
import { hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { getConnection } from '@/lib/server/connections/get-connection'
import type { Actor, Context } from '@/lib/server/context'
import { getKey } from '@/lib/server/inventory/get-key'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { enterPage } from '@/lib/server/page'
import { disableVersion, markCompromised, requestEnable } from '../../actions'

type KeyPageProps = {
  params: Promise<{ connection: string; name: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const VERSION = /^[0-9a-f]{32}$/

export async function generateMetadata({ params }: KeyPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function KeyPage({ params, searchParams }: KeyPageProps) {
  const { ctx, actor } = await enterPage('keys.read')
  const { connection: connectionId, name: written } = await params
  const { version } = await searchParams
  const name = decodeURIComponent(written)
  if (!UUID.test(connectionId) || !KEY_NAME_PATTERN.test(name)) notFound()
  if (version !== undefined && (typeof version !== 'string' || !VERSION.test(version))) notFound()
  const [detail, connection] = await Promise.all([
    getKey(ctx, actor, { connectionId, name, ...(version ? { version } : {}) }),
    getConnection(ctx, actor, connectionId),
  ])
  if (!connection) notFound()
  if (!detail) return <NoVersionRead row={version ? undefined : await findRow(ctx, actor, { connectionId, name })} />
  const { selected } = detail
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={detail.name}
        crumbs={[{ label: 'Keys', href: routes.keys() }]}
        status={<KeyStatus detail={detail} />}
        lead={<Freshness detail={detail} />}
      />
      <KeyBanners detail={detail} />
      <VersionActButtons
        target={{
          connectionId,
          name,
          version: selected.version,
          isLatest: selected.isLatest,
          isKek: detail.isKek,
          enabled: selected.enabled,
        }}
        actions={{ disable: disableVersion, compromised: markCompromised, enable: requestEnable }}
        closed={closedActs(detail, actor.roles)}
      />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section id="facts" title="This version">
            <KeyFacts detail={detail} />
          </Section>
          <Section id="public-key" title="Public key">
            <PublicKey name={detail.name} selected={selected} />
          </Section>
          <Section title="Versions">
            <VersionTable detail={detail} />
          </Section>
          <Section title="Tags" lead="Whoever may list keys at the vault can read them.">
            <KeyTags tags={selected.tags} />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Section
            title="What this version can do now"
            lead="Near its dates a vault may allow a few minutes either way."
          >
            <WhatWorksTable operations={selected.whatWorks} />
          </Section>
          <Section id="history" title="History">
            <KeyHistory
              name={detail.name}
              history={detail.history}
              mayReadAudit={hasPermission(actor.roles, 'audit.read')}
            />
          </Section>
          <Section id="code" title="As code">
            <KeyAsCode detail={detail} kind={connection.kind} />
          </Section>
        </div>
      </div>
    </div>
  )
}

function KeyStatus({ detail }: { detail: KeyDetail }) {
  const { selected } = detail
  return (
    <>
      <KeyStateBadge state={selected.state} />
      {isWithheld(selected) ? <UnderReviewBadge /> : null}
      {selected.compromised ? <CompromisedBadge /> : null}
      {detail.isKek ? <KekBadge /> : null}
    </>
  )
}

function Freshness({ detail }: { detail: KeyDetail }) {
  const at = detail.freshAt ?? detail.indexedAt
  return (
    <span className="text-sm">
      In {detail.vaultName}, {detail.freshAt ? 'read from the vault' : 'from our index as of'}{' '}
      <DateTime value={at} relative="inline" withSeconds />
    </span>
  )
}

/** The inventory's line of a key whose versions were never read. */
async function findRow(ctx: Context, actor: Actor, key: { connectionId: string; name: string }) {
  const query = parseInventoryUrl({ q: key.name, vault: key.connectionId })
  const { rows } = await listKeys(ctx, actor, { ...query, pageSize: 500 })
  return rows.find((row) => row.name === key.name)
}

function NoVersionRead({ row }: { row: InventoryRow | undefined }) {
  return row ? <BareKey row={row} /> : notFound()
}
