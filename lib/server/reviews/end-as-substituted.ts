import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { EXPECTED_VALUE_KIND_WORDS, type ExpectedValue } from '@/lib/domain/reviews/expected-value'
import { raiseAlarm } from '../alarms/raise-alarm'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { voidDecisions } from './approval'
import { inAct } from './in-act'
import type { LoadedImport } from './load-import'
import { expectedText } from './read-expected'
import { stepImport } from './step-import'

/**
 * The key in the vault is not the key of the ceremony record: the import ends for good, an alarm stands on every page,
 * the version stays as it is, disabled. Nothing is sent to the vault.
 */
export async function endAsSubstituted(
  ctx: Context,
  actor: Actor,
  loaded: LoadedImport,
  given: ExpectedValue,
): Promise<Result<never, ServiceError>> {
  const { row, connection, version } = loaded
  const ended = await inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const stepped = await stepImport(tx, {
      id: row.id,
      from: 'awaiting_review',
      to: 'substituted',
      revision: row.revision,
      data: { decidedAt: at, failureCode: 'substituted' },
    })
    if (!stepped) return err({ code: 'not-waiting' })
    await voidDecisions(ctx, tx, { importId: row.id }, 'approve')
    const about = { connection, keyName: row.keyName, keyVersion: version, importId: row.id }
    const facts = { comparedBy: EXPECTED_VALUE_KIND_WORDS[given.kind], given: expectedText(given) }
    await appendEvent(tx, {
      type: 'review.comparison-failed',
      phase: 'failed',
      at,
      actor,
      ...about,
      code: 'substituted',
      details: facts,
    })
    await raiseAlarm(ctx, tx, { kind: 'key-substituted', ...about, facts })
    return ok(undefined)
  })
  return ended.ok ? err({ code: 'substituted' }) : ended
}
