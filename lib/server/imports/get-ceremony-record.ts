import 'server-only'
import { z } from 'zod'
import { IMPORT_ORIGIN_WORDS } from '@/lib/domain/imports/origin'
import { importTargetSchema } from '@/lib/domain/imports/target'
import type { CeremonyRecord } from '@/lib/domain/imports/views'
import { isComparedBlind } from '@/lib/domain/reviews/may-decide'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { importParamsSchema } from './import-params'
import { listDeviations } from './list-deviations'
import { type CeremonyRows, loadCeremonyRows } from './load-ceremony-rows'
import { originOf } from './origin-of'
import { kekOf } from './to-import-view'

const CONSOLE = 'Drawbridge'

/** F13: the record of one import, put together from our rows and the audit log at the moment it is asked for. */
export async function getCeremonyRecord(ctx: Context, actor: Actor, id: string): Promise<CeremonyRecord | null> {
  requirePermission(actor, 'imports.read')
  if (!z.uuid().safeParse(id).success) return null
  const rows = await loadCeremonyRows(ctx.db, id)
  return rows && toRecord(rows)
}

function toRecord(rows: CeremonyRows): CeremonyRecord {
  const { row, connection, operation, preflight, receipt } = rows
  const target = importTargetSchema.parse(row.target)
  const params = importParamsSchema.parse(operation.params)
  const blind = isComparedBlind(row.status)
  const origin = originOf(row)
  const [submitted, arrived, decided] = [row.submittedAt, row.arrivedAt, row.decidedAt]
  return {
    schema: 'drawbridge/ceremony-record/2',
    reference: row.reference,
    origin: { origin, words: IMPORT_ORIGIN_WORDS[origin].title, acknowledged: params.acknowledgedServerSeesKey },
    importId: row.id,
    participants: participants(rows),
    tool: { generator: row.generator, console: CONSOLE },
    file: {
      name: row.fileName,
      sha256: row.fileSha256,
      bytes: row.fileLength,
      sentSha256: row.sentSha256,
      normalised: params.normalised?.split(',') ?? [],
    },
    kek: kekOf(row),
    vault: { name: connection.name, url: connection.url },
    key: {
      name: row.keyName,
      kid: row.kid,
      kty: target.kty,
      sizeOrCurve: target.sizeOrCurve,
      operations: target.keyOps,
      notBefore: target.notBefore,
      expiresAt: target.expiresAt,
      exportable: target.exportable,
      publicKeySha256: blind ? null : row.publicKeySha256,
      jwkThumbprint: blind ? null : row.jwkThumbprint,
      keyCheckValue: keyCheckValue(rows),
      hsmPlatform: receipt?.hsmPlatform ?? null,
      valuesWithheld: blind,
    },
    preflight: preflight.map(({ id, verdict, fact }) => ({ id, verdict, fact })),
    vaultAnswers: rows.vaultAnswers,
    comparison: blind ? { ...comparison(rows), value: '' } : comparison(rows),
    decision: decision(rows),
    times: {
      submitted: submitted.toISOString(),
      arrived: arrived?.toISOString() ?? null,
      decided: decided?.toISOString() ?? null,
    },
    deviations: listDeviations(rows),
  }
}

function participants({ row, people, approvals }: CeremonyRows): CeremonyRecord['participants'] {
  const named = (id: string) => {
    const person = people.get(id)
    return { name: person?.name ?? 'somebody unknown', issuer: person?.issuer ?? '', subject: person?.subject ?? '' }
  }
  return [
    { role: 'importer', ...named(row.importerId), at: row.submittedAt.toISOString() },
    ...approvals.map(({ decision, approverId, decidedAt }) => ({
      role: decision === 'approve' ? ('approver' as const) : ('rejecter' as const),
      ...named(approverId),
      at: decidedAt.toISOString(),
    })),
  ]
}

/** The value that the approver gave; it became the record's only once the vault's own equalled it. */
function keyCheckValue({ row, approvals }: CeremonyRows): string | null {
  const given = approvals.find(({ comparedBy }) => comparedBy === 'key-check-value')
  return row.status === 'enabled' ? (given?.comparedValue ?? null) : null
}

/** The approver's comparison counts; before there is one, the officer's own at the import. */
function comparison({ row, approvals, receipt }: CeremonyRows): CeremonyRecord['comparison'] {
  const approval = approvals.findLast(({ comparedBy }) => comparedBy !== null)
  const outcome = row.status === 'substituted' ? 'different' : row.status === 'enabled' ? 'equal' : 'not compared'
  if (approval) return { by: approval.comparedBy ?? '', value: approval.comparedValue ?? '', outcome }
  const atImport = receipt?.comparison
  if (atImport?.expected) return { by: 'spki-sha256', value: atImport.expected, outcome: atImport.outcome }
  return { by: '', value: '', outcome: row.status === 'substituted' ? 'different' : 'not compared' }
}

const DECISION_OF: Partial<Record<CeremonyRows['row']['status'], CeremonyRecord['decision']['decision']>> = {
  enabled: 'enabled',
  rejected: 'rejected',
  substituted: 'substituted',
  failed: 'failed',
}

function decision({ row, approvals }: CeremonyRows): CeremonyRecord['decision'] {
  return {
    decision: DECISION_OF[row.status] ?? 'undecided',
    reason: approvals.at(-1)?.reason ?? null,
    at: row.decidedAt?.toISOString() ?? null,
    windowMs: row.checkWindowMs,
  }
}
