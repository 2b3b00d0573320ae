import 'server-only'
import type { ReportRequest } from '@/lib/domain/releases/history/report-request'
import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'
import type { Actor, Context } from '../../context'
import { Prisma } from '../../db/generated/client'
import { requirePermission } from '../../people/require-permission'
import { daySql } from '../count-releases'
import { countEvaluated } from '../evaluation/count-evaluated'
import { CALLS, type HistoryFilter } from '../history-filter-sql'
import { toRecordView } from '../history-sql'
import { recordsFrom } from '../page-of-releases'
import { factsSha256 } from './facts-digest'
import { readChangesPast } from './report-past'
import { readPolicyChanges, readSightings, sightingsUntil } from './report-policies'
import { policyTextsOf, textsOf } from './report-policy-texts'
import { readReading } from './report-reading'
import { toReportRows } from './report-rows'
import { ofVault, type ReportVault, reportVaults } from './report-vaults'

/** Of each list, the newest; how many there are in all stands above it. */
const MOST_ROWS = 500
const MOST_POLICIES = 200
const MOST_PAST = 200

/** The vaults that a report may be about. */
export async function listReportVaults(ctx: Context, actor: Actor): Promise<{ id: string; name: string }[]> {
  requirePermission(actor, 'releases.read')
  return (await reportVaults(ctx.db)).map(({ id, name }) => ({ id, name }))
}

/** All that is known of one key's releases in one period; null where there is no such vault. */
export async function makeReport(ctx: Context, actor: Actor, request: ReportRequest): Promise<ReleaseReport | null> {
  requirePermission(actor, 'releases.read')
  requirePermission(actor, 'reviews.read')
  const vault = (await reportVaults(ctx.db)).find(({ id }) => id === request.vault)
  if (!vault) return null
  const { key, from, to, since, until } = request
  const now = ctx.clock()
  const filter = filterOf(vault, request)
  const ofKey = { connectionId: vault.connectionId, key }
  const [found, counts, evaluated, sightings, changed, past, reading] = await Promise.all([
    recordsFrom(ctx.db, filter, { first: [], place: undefined, count: MOST_ROWS }),
    countDecisions(ctx.db, filter),
    countEvaluated(ctx.db, filter, []),
    readSightings(ctx.db, ofKey),
    readPolicyChanges(ctx.db, ofKey, { since, until, most: MOST_POLICIES }),
    readChangesPast(ctx.db, vault, { key, since, until, most: MOST_PAST }),
    readReading(ctx, vault, request),
  ])
  const rows = await toReportRows(ctx.db, found.toReversed().map(toRecordView), sightings)
  const seen = sightingsUntil(sightings, request)
  const { name: vaultName, url: vaultUrl, connectionId, logNames } = vault
  const facts = {
    ...{ vaultUrl, logNames, key, from, to, rows, counts, evaluated, reading },
    ...{ total: counts.allowed + counts.denied + counts.failed, sightingsTotal: seen.length },
    ...{ sightings: seen.slice(-MOST_POLICIES), changes: changed.changes, changesTotal: changed.total },
    ...{ past: past.changes, pastTotal: past.total },
  }
  const texts = new Map([...textsOf(sightings), ...changed.texts])
  const { name: by, subject, issuer } = actor
  return {
    ...{ ...facts, ...policyTextsOf(facts, texts), vaultName, connectionId, isOpen: until >= now },
    ...{ made: { at: now.toISOString(), by, subject, issuer }, factsSha256: factsSha256(facts) },
  }
}

/** Names of keys are the same in upper and lower case. */
function filterOf(vault: ReportVault, { key, since, until }: ReportRequest): HistoryFilter {
  const calls = Prisma.sql`${ofVault(vault)} AND lower(k.key_name) = ${key.toLowerCase()}`
  return { calls, single: undefined, from: since, to: until }
}

/** From what is counted by day: a report is of whole days. */
async function countDecisions(db: Context['db'], { calls, from, to }: HistoryFilter): Promise<ReleaseReport['counts']> {
  const rows = await db.$queryRaw<{ decision: string; count: number }[]>`
    SELECT k.decision, sum(d.count)::int AS count FROM ${CALLS} JOIN log_call_day d ON d.call_id = k.id
     WHERE k.act = 'release' AND ${calls ?? Prisma.sql`true`} AND ${daySql({ from, to })} GROUP BY k.decision`
  const of = (decision: string) => rows.find((row) => row.decision === decision)?.count ?? 0
  return { allowed: of('allowed'), denied: of('denied'), failed: of('failed') }
}
