import 'server-only'
import { healthWords } from '@/lib/domain/connections/health-words'
import type { KeyPolicyView, SeenPolicyView } from '@/lib/domain/releases/policy-change-views'
import { ProviderError } from '@/lib/providers/port'
import type { Actor, ConnectionRow, Context } from '../context'
import type { PolicySnapshot } from '../db/generated/client'
import { noteInIndex } from '../operations/note-in-index'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { policySnapshots } from '../releases/policy-snapshots'
import { storedTests, toTestView } from './policy-tests'

/** A page does not wait longer than this for a vault: then it shows what was seen last, and says so. */
const FRESH_WITHIN_MS = 4_000

/** A key's release policy as it is now, as it was seen before, and the tests that it must pass. */
export async function getKeyPolicy(
  ctx: Context,
  actor: Actor,
  address: { connectionId: string; name: string },
): Promise<KeyPolicyView | null> {
  requirePermission(actor, 'keys.read')
  const connection = await ctx.db.connection.findFirst({ where: { id: address.connectionId, removedAt: null } })
  if (!connection) return null
  const readProblem = await readFresh(ctx, connection, address.name)
  const record = await ctx.db.keyRecord.findUnique({
    where: { connectionId_name: { connectionId: connection.id, name: address.name } },
    select: { name: true, latestVersion: true },
  })
  if (!record?.latestVersion) return null
  const key = { connectionId: connection.id, keyName: record.name }
  const version = record.latestVersion
  const [snapshots, tests, open] = await Promise.all([
    policySnapshots(ctx.db, { connectionId: connection.id, name: record.name, version }),
    storedTests(ctx.db, key),
    ctx.db.enableRequest.findFirst({
      where: { ...key, act: 'change_policy', status: { in: ['awaiting_review', 'enabling'] } },
      select: { id: true },
    }),
  ])
  const nameOf = await namePeople(
    ctx.db,
    tests.map(({ addedById }) => addedById),
  )
  return {
    ...key,
    vaultName: connection.name,
    vaultUrl: connection.url,
    environment: connection.environment,
    version,
    held: toHeld(lastSeen(snapshots)),
    readProblem,
    seen: snapshots.map(toSeenView),
    tests: tests.map((row) => toTestView(row, nameOf)),
    openRequestId: open?.id ?? null,
  }
}

/** Why the vault could not be read; null when it was. */
async function readFresh(ctx: Context, connection: ConnectionRow, name: string): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    const { value: key } = await ctx.provider(connection).getKey(name, undefined, { signal })
    await noteInIndex(ctx, { connection, key, isLatest: true })
    return null
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return error.code === 'key-not-found' ? 'The vault holds no such key now.' : healthWords(error.code)
  }
}

function lastSeen(snapshots: readonly PolicySnapshot[]): PolicySnapshot | undefined {
  return snapshots.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())[0]
}

function toHeld(snapshot: PolicySnapshot | undefined): KeyPolicyView['held'] {
  if (!snapshot || snapshot.policy === null) return null
  const { policy, policySha256, immutable, contentType } = snapshot
  return { text: policy, sha256: policySha256 ?? '', immutable, contentType }
}

const SEEN_BY = ['read', 'own-change', 'own-import', 'own-creation'] as const

function toSeenView(snapshot: PolicySnapshot): SeenPolicyView {
  return {
    policy: snapshot.policy,
    sha256: snapshot.policySha256,
    immutable: snapshot.immutable,
    contentType: snapshot.contentType,
    firstSeenAt: snapshot.firstSeenAt.toISOString(),
    lastSeenAt: snapshot.lastSeenAt.toISOString(),
    seenBy: SEEN_BY.find((known) => known === snapshot.seenBy) ?? 'read',
  }
}
