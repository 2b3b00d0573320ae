import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { BareKey } from '@/components/keys/bare-key'
import { KeyDocument } from '@/components/keys/key-document'
import { KeySkeleton } from '@/components/keys/key-skeleton'
import { PageHeader } from '@/components/ui/page-header'
import { parseInventoryUrl } from '@/lib/client/keys/inventory-url'
import { KEY_NAME_PATTERN, KEY_VERSION_PATTERN } from '@/lib/domain/keys/key-id'
import { routes } from '@/lib/routes'
import { getConnection } from '@/lib/server/connections/get-connection'
import type { Actor, Context } from '@/lib/server/context'
import { getKey, type KeyAddress } from '@/lib/server/inventory/get-key'
import { listKeys } from '@/lib/server/inventory/list-keys'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { disableVersion, markCompromised, proposeUnmarkAction, requestEnable } from '../../actions'

type KeyPageProps = {
  params: Promise<{ connection: string; name: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

export async function generateMetadata({ params }: KeyPageProps): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function KeyPage({ params, searchParams }: KeyPageProps) {
  const { ctx, actor } = await enterPage('keys.read')
  const { connection: connectionId, name } = await params
  const { version } = await searchParams
  if (!isUuid(connectionId) || !KEY_NAME_PATTERN.test(name)) notFound()
  if (version !== undefined && (typeof version !== 'string' || !KEY_VERSION_PATTERN.test(version))) notFound()
  const connection = await getConnection(ctx, actor, connectionId)
  if (!connection) notFound()
  const address = { connectionId, name, version }
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={name}
        crumbs={[
          { label: 'Keys', href: routes.keys() },
          { label: connection.name, href: routes.keys({ vault: connectionId }) },
        ]}
      />
      <Suspense key={version} fallback={<KeySkeleton />}>
        <Key ctx={ctx} actor={actor} address={address} />
      </Suspense>
    </div>
  )
}

type KeyProps = { ctx: Context; actor: Actor; address: KeyAddress }

/** Waits for the vault: the page around it does not. */
async function Key({ ctx, actor, address }: KeyProps) {
  const detail = await getKey(ctx, actor, address)
  if (!detail) return <BareKey row={address.version ? undefined : await findRow(ctx, actor, address)} />
  return (
    <KeyDocument
      detail={detail}
      roles={actor.roles}
      actions={{
        disable: disableVersion,
        compromised: markCompromised,
        enable: requestEnable,
        unmark: proposeUnmarkAction,
      }}
    />
  )
}

/** The inventory's line of a key whose versions were never read. */
async function findRow(ctx: Context, actor: Actor, { connectionId, name }: KeyAddress) {
  const query = parseInventoryUrl({ q: name, vault: connectionId })
  const { rows } = await listKeys(ctx, actor, { ...query, pageSize: 500 })
  return rows.find((row) => row.name === name)
}
