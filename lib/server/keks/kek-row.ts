import 'server-only'
import type { KekRow } from '@/lib/domain/keks/views'
import type { Context } from '../context'
import type { Prisma } from '../db/generated/client'
import { namePeople } from '../people/name-people'
import { type KekStateFacts, kekState } from './kek-state'
import { UNDECIDED } from './undecided'

export type KekWithConnection = Prisma.KekGetPayload<{ include: { connection: true } }>

/** Views of many KEKs with four queries, however many they are. */
export async function toKekRows(ctx: Context, keks: readonly KekWithConnection[]): Promise<KekRow[]> {
  const kids = keks.flatMap(({ kid }) => kid ?? [])
  const [nameOf, open, seen] = await Promise.all([
    namePeople(
      ctx.db,
      keks.map(({ createdById }) => createdById),
    ),
    ctx.db.import.groupBy({ by: ['kekKid'], where: { kekKid: { in: kids }, status: { in: UNDECIDED } }, _count: true }),
    ctx.db.keyVersion.findMany({ where: { kid: { in: kids } }, include: { keyRecord: true } }),
  ])
  const openOf = new Map(open.map((group) => [group.kekKid, group._count]))
  const seenOf = new Map<string, KekStateFacts['seen']>(
    seen.map(({ kid, enabled, notBefore, keyRecord }) => [
      kid,
      { enabled, notBefore, deleted: Boolean(keyRecord.deletedAt ?? keyRecord.purgedAt) },
    ]),
  )
  const now = ctx.clock()
  return keks.map((kek) => ({
    id: kek.id,
    connectionId: kek.connectionId,
    vaultName: kek.connection.name,
    environment: kek.connection.environment,
    name: kek.name,
    kid: kek.kid,
    bits: kek.bits,
    spkiSha256: kek.spkiSha256,
    expiresAt: kek.expiresAt?.toISOString() ?? null,
    state: kekState({ ...kek, seen: seenOf.get(kek.kid ?? '') ?? null }, now),
    createdAt: kek.createdAt.toISOString(),
    createdByName: kek.createdById === null ? null : nameOf(kek.createdById),
    openImports: openOf.get(kek.kid ?? '') ?? 0,
  }))
}
