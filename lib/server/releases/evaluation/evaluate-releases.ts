import 'server-only'
import type { Context } from '../../context'
import { Prisma, type ReleaseEvidence } from '../../db/generated/client'
import { inTransaction } from '../../db/transaction'
import { logFailure } from '../../doors/log-failure'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from '../history-sql'
import { evaluateRecord } from './evaluate-record'
import { IS_CALL_OF } from './find-own-record'
import { saveEvaluation } from './save-evaluation'

/** Of one round: the rest have their turn in the next. */
const AT_MOST = 500

/**
 * After each round over the logs: finds the records of releases made here, and evaluates whatever has a token and no
 * verdict yet, or was waiting for a policy that has been seen since.
 */
export async function evaluateReleases(ctx: Context): Promise<void> {
  await matchOwn(ctx)
  for (const evidence of await findDue(ctx)) await evaluateOrTell(ctx, evidence)
}

/** One that can't be evaluated holds up no other. */
async function evaluateOrTell(ctx: Context, evidence: ReleaseEvidence): Promise<void> {
  try {
    await evaluateOne(ctx, evidence)
  } catch (error) {
    logFailure(error, { where: 'evaluation of a release', requestId: evidence.id })
  }
}

function matchOwn({ db, clock, newId }: Context): Promise<void> {
  return inTransaction(db, async (tx) => {
    const found = await tx.$queryRaw<{ digest: string; operationId: string; tokenSha256: string }[]>(Prisma.sql`
      SELECT DISTINCT ON (o.id) o.id AS "operationId", r.digest, o.params ->> 'tokenSha256' AS "tokenSha256"
        FROM operation o JOIN log_record r ON ${IS_CALL_OF}
       WHERE o.kind = 'release_key' AND NOT EXISTS (SELECT FROM release_evidence e WHERE e.operation_id = o.id)
       ORDER BY o.id, r.at LIMIT ${AT_MOST}`)
    const data = found.map((row) => ({ id: newId(), ...row, at: clock() }))
    await tx.releaseEvidence.createMany({ data, skipDuplicates: true })
  })
}

/** Of each record the evidence that counts: our own, else the newest; a verdict that waits for nothing stands. */
function findDue({ db }: Context): Promise<ReleaseEvidence[]> {
  return db.$queryRaw<ReleaseEvidence[]>(Prisma.sql`
    SELECT e.id, e.digest, e.token_sha256 AS "tokenSha256", e.operation_id AS "operationId",
           e.supplied_by_id AS "suppliedById", e.at
      FROM (SELECT DISTINCT ON (digest) * FROM release_evidence ORDER BY digest, operation_id, at DESC, id) e
      JOIN log_record r ON r.digest = e.digest
      LEFT JOIN release_evaluation v ON v.digest = e.digest
     WHERE v.digest IS NULL OR v.evidence_id <> e.id OR v.environment_sha256 IS NULL
        OR (v.verdict = 'policy-not-known' AND v.changed_from IS NULL AND EXISTS (
              SELECT FROM policy_snapshot p WHERE p.connection_id = r.connection_id
                 AND lower(p.key_name) = lower(r.key_name) AND p.last_seen_at > v.evaluated_at))
     ORDER BY r.at LIMIT ${AT_MOST}`)
}

/** One record by its newest evidence. */
export async function evaluateOne(ctx: Context, evidence: ReleaseEvidence): Promise<void> {
  const [row] = await ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.digest = ${evidence.digest}`
  if (!row) throw new Error('evidence of a record that is not there')
  const record = toRecordView(row)
  const evaluated = await evaluateRecord(ctx.db, record, evidence)
  await inTransaction(ctx.db, (tx) => saveEvaluation(ctx, tx, { record, evidence, evaluated }))
}
