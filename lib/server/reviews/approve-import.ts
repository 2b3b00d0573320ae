import 'server-only'
import type { ImportStatus } from '@/lib/domain/imports/status'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ExpectedValue } from '@/lib/domain/reviews/expected-value'
import type { DecideInput } from '@/lib/domain/reviews/views'
import type { VaultKey } from '@/lib/providers/port'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import { actsEnded } from '../operations/acts-ended'
import { beginEnable } from './begin-enable'
import { checkReason } from './check-reason'
import { compareExpected } from './compare-expected'
import { enableByCheckValue } from './enable-by-check-value'
import { enableVersion } from './enable-version'
import { noteEnabledOutside } from './enabled-outside'
import { endAsSubstituted } from './end-as-substituted'
import { freeze } from './freeze'
import { type LoadedImport, loadDecidable } from './load-import'
import { readExpected } from './read-expected'
import { rebuildRequest } from './rebuild-request'
import { claimImport } from './step-import'
import { voidOnChange } from './void-on-change'

export interface DecideOutput {
  status: ImportStatus
  /** Still waiting: how many of how many have approved now. */
  approvals?: { given: number; required: number }
}

/**
 * Approves the exact version, as it was frozen, if it is the key of the ceremony record; where the vault asks for no
 * further approval, enables it in the same act. Every approver compares for themselves.
 */
export async function approveImport(
  ctx: Context,
  actor: Actor,
  input: DecideInput,
): Promise<Result<DecideOutput, ServiceError>> {
  const decidable = await loadDecidable(ctx, actor, input)
  if (!decidable.ok) return decidable
  const loaded = decidable.value
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const expected = await readExpected(input.expected, loaded.row)
  if (!expected.ok) return expected
  const endedBefore = await actsEnded(ctx.db, loaded.row)
  const fresh = await readUnchanged(ctx, actor, loaded)
  if (!fresh.ok) return fresh
  const compared = compareExpected(expected.value, fresh.value)
  if (compared === 'different') return endAsSubstituted(ctx, actor, loaded, expected.value)
  // Only a check value may wait until enabling; `readExpected` lets it through for symmetric keys alone.
  if (compared === 'not-comparable' && expected.value.kind !== 'key-check-value')
    return err({ code: 'value-not-recognised' })
  return enable(ctx, actor, { loaded, reason: reason.value, expected: expected.value, key: fresh.value, endedBefore })
}

/** The exact version read again; an error when it is not, byte for byte, what was frozen. */
async function readUnchanged(
  ctx: Context,
  actor: Actor,
  loaded: LoadedImport,
): Promise<Result<VaultKey, ServiceError>> {
  const { row, connection, version } = loaded
  const provider = ctx.provider(connection)
  let key: VaultKey
  try {
    key = (await provider.getKey(row.keyName, version)).value
  } catch (error) {
    return err(vaultProblem(error))
  }
  if (key.attributes.enabled) {
    if (!(await noteEnabledOutside(ctx, loaded))) return err({ code: 'not-waiting' })
    return err({
      code: 'request-changed',
      message: 'The version was enabled past Drawbridge. Disable it, then look into who did it.',
    })
  }
  const rebuilt = freeze(rebuildRequest(row, loaded.importer, connection, key))
  if (rebuilt.sha256 === row.frozenSha256) return ok(key)
  const voided = await voidOnChange(ctx, {
    about: { importId: row.id },
    claim: (tx) => claimImport(tx, row),
    actor,
    connection,
    keyName: row.keyName,
    keyVersion: version,
  })
  return voided.ok ? err({ code: 'request-changed' }) : voided
}

interface Approved {
  loaded: LoadedImport
  reason: string
  expected: ExpectedValue
  key: VaultKey
  /** Acts on the key that had ended when the vault was asked. */
  endedBefore: number
}

async function enable(ctx: Context, actor: Actor, approved: Approved): Promise<Result<DecideOutput, ServiceError>> {
  const begun = await beginEnable(ctx, actor, approved)
  if (!begun.ok) return begun
  if (begun.value.begun === 'disagreement') return endAsSubstituted(ctx, actor, approved.loaded, approved.expected)
  if (begun.value.begun === 'recorded') {
    const { given, required } = begun.value
    return ok({ status: 'awaiting_review', approvals: { given, required } })
  }
  const act = { actor, loaded: approved.loaded, key: approved.key, ...begun.value }
  return approved.expected.kind === 'key-check-value'
    ? enableByCheckValue(ctx, act, approved.expected)
    : enableVersion(ctx, act)
}
