import 'server-only'
import type { ReportRequest } from '@/lib/domain/releases/history/report-request'
import type { ReportPolicyChange, ReportSighting } from '@/lib/domain/releases/history/report-views'
import type { Context } from '../../context'
import type { PolicySnapshot } from '../../db/generated/client'
import { sha256Hex } from '../../digest'
import { namePeople } from '../../people/name-people'
import { readFrozenChange } from '../../policy-changes/held-policy'
import { requestReference } from '../../reviews/enable-reference'

type KeyOfConnection = { connectionId: string | null; key: string }

const OWN = ['own-change', 'own-import', 'own-creation'] as const

/** All that was seen of the policies of a key's versions, oldest first. */
export function readSightings(db: Context['db'], { connectionId, key }: KeyOfConnection): Promise<PolicySnapshot[]> {
  if (connectionId === null) return Promise.resolve([])
  return db.policySnapshot.findMany({
    where: { connectionId, keyName: { equals: key, mode: 'insensitive' } },
    orderBy: [{ firstSeenAt: 'asc' }, { id: 'asc' }],
  })
}

/** Those that reach into the period and, of each version, the last one before it; what comes after it is left out. */
export function sightingsUntil(
  sightings: readonly PolicySnapshot[],
  { since, until }: Pick<ReportRequest, 'since' | 'until'>,
): ReportSighting[] {
  const begun = sightings.filter(({ firstSeenAt }) => firstSeenAt <= until)
  const lastBefore = new Map(
    begun.filter(({ lastSeenAt }) => lastSeenAt < since).map((one) => [one.keyVersion, one.id]),
  )
  return begun
    .filter(({ id, keyVersion, lastSeenAt }) => lastSeenAt >= since || lastBefore.get(keyVersion) === id)
    .map(({ keyVersion, policySha256, immutable, firstSeenAt, lastSeenAt, seenBy }) => ({
      ...{ version: keyVersion, sha256: policySha256, immutable, from: firstSeenAt.toISOString() },
      to: (lastSeenAt < until ? lastSeenAt : until).toISOString(),
      seenBy: OWN.find((own) => own === seenBy) ?? 'read',
    }))
}

/** Policies that were asked for, waited or were decided in the period, oldest first, the newest of them; and how many in all. */
export async function readPolicyChanges(
  db: Context['db'],
  { connectionId, key }: KeyOfConnection,
  { since, until, most }: { since: Date; until: Date; most: number },
): Promise<{ changes: ReportPolicyChange[]; total: number; texts: [string, string][] }> {
  if (connectionId === null) return { changes: [], total: 0, texts: [] }
  const where = {
    ...{ act: 'change_policy' as const, connectionId, keyName: { equals: key, mode: 'insensitive' as const } },
    requestedAt: { lte: until },
    OR: [{ decidedAt: null }, { decidedAt: { gte: since } }, { requestedAt: { gte: since } }],
  }
  const [total, rows] = await Promise.all([
    db.enableRequest.count({ where }),
    db.enableRequest.findMany({
      where,
      orderBy: [{ requestedAt: 'desc' }, { id: 'asc' }],
      take: most,
      include: { approvals: { orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }] } },
    }),
  ])
  const nameOf = await namePeople(
    db,
    rows.flatMap(({ requesterId, approvals }) => [requesterId, ...approvals.map(({ approverId }) => approverId)]),
  )
  const frozen = rows.toReversed().map((row) => ({ row, ...readFrozenChange(row) }))
  const texts = frozen.flatMap(({ before, after }) =>
    [before, after].map(({ text }): [string, string] => [sha256Hex(text), text]),
  )
  const changes = frozen.map(({ row, before, after }) => {
    return {
      ...{ id: row.id, reference: requestReference(row), version: row.keyVersion, reason: row.reason },
      ...{ requestedBy: nameOf(row.requesterId), requestedAt: row.requestedAt.toISOString(), status: row.status },
      ...{ before: sha256Hex(before.text), after: sha256Hex(after.text) },
      decisions: row.approvals.map(({ approverId, decision, reason, decidedAt, voidedAt }) => ({
        ...{ by: nameOf(approverId), decision, reason, at: decidedAt.toISOString(), voided: voidedAt !== null },
      })),
    }
  })
  return { changes, total, texts }
}
