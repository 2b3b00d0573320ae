import 'server-only'
import { parseKeyId } from '@/lib/domain/keys/key-id'
import { type PolicyThen, policyAt as policyIn } from '@/lib/domain/releases/policy-at'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { type PolicySnapshot, Prisma } from '../db/generated/client'

/** How a policy was first seen: by reading the version, or because it was we who set it. */
export type PolicySeenBy = 'read' | 'own-change' | 'own-import' | 'own-creation'

/**
 * Keeps what a vault has just answered about a version's release policy: the run of sightings goes on, or another begins.
 * A version that can't be exported and has none is not written down: it can never be released.
 */
export async function recordPolicy(
  ctx: Pick<Context, 'db' | 'clock'>,
  seen: { connection: Pick<ConnectionRow, 'id'>; key: VaultKey; seenBy: PolicySeenBy },
): Promise<void> {
  const { connection, key, seenBy } = seen
  const { releasePolicy: policy } = key
  if (!policy && !key.attributes.exportable) return
  const at = ctx.clock()
  const immutable = policy?.immutable ?? false
  const contentType = policy?.contentType ?? null
  await ctx.db.$executeRaw(Prisma.sql`
    WITH latest AS (
      SELECT * FROM policy_snapshot
       WHERE connection_id = ${connection.id}::uuid AND key_name = ${key.name} AND key_version = ${key.version}
       ORDER BY last_seen_at DESC LIMIT 1 FOR UPDATE
    ), going_on AS (
      SELECT id FROM latest WHERE policy_sha256 IS NOT DISTINCT FROM ${policy?.sha256 ?? null}
         AND content_type IS NOT DISTINCT FROM ${contentType} AND immutable = ${immutable} AND first_seen_at <= ${at}
    ), seen_again AS (
      UPDATE policy_snapshot SET last_seen_at = greatest(last_seen_at, ${at}) WHERE id IN (SELECT id FROM going_on)
    )
    INSERT INTO policy_snapshot (id, connection_id, key_name, key_version, kid, policy, policy_sha256, content_type,
        immutable, first_seen_at, last_seen_at, seen_by)
      SELECT gen_random_uuid(), ${connection.id}::uuid, ${key.name}, ${key.version}, ${key.kid},
        ${storable(policy?.text ?? null)}, ${policy?.sha256 ?? null}, ${contentType}, ${immutable}, ${at}, ${at}, ${seenBy}
       WHERE NOT EXISTS (SELECT FROM going_on)`)
}

/** PostgreSQL's text holds everything but this; the digest is of what was seen. */
function storable(text: string | null): string | null {
  return text?.replaceAll('\0', '\uFFFD') ?? null
}

export interface VersionName {
  connectionId: string
  name: string
  version: string
}

/** All that was seen of a version's policy, newest first. */
export function policySnapshots(
  db: Pick<Context, 'db'>['db'],
  { connectionId, name, version }: VersionName,
): Promise<PolicySnapshot[]> {
  return db.policySnapshot.findMany({
    where: { connectionId, keyVersion: version, keyName: { equals: name, mode: 'insensitive' } },
    orderBy: [{ firstSeenAt: 'desc' }, { id: 'asc' }],
  })
}

/** Which policy the version of this kid had at that instant, as far as Drawbridge saw it; `nothing` of a kid without version. */
export async function policyAt(
  ctx: Pick<Context, 'db'>,
  { connectionId, kid }: { connectionId: string; kid: string },
  instant: Date,
): Promise<PolicyThen<PolicySnapshot>> {
  const id = parseKeyId(kid)
  if (!id?.version) return { known: 'nothing' }
  return policyIn(await policySnapshots(ctx.db, { connectionId, name: id.name, version: id.version }), instant)
}
