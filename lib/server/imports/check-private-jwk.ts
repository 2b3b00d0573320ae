import 'server-only'
import type { ReadPrivateJwk } from '@/lib/domain/imports/private-jwk'
import type { SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { sha256Hex } from '../digest'
import { expectAcknowledged } from './accepted-report'
import { readCallerFacts, vaultAnswers } from './caller-facts'
import { type CheckedSubmission, parseTarget } from './checked-submission'
import { DRAFT_GONE, findDraft } from './draft-row'
import { knownTier } from './known-tier'
import { readFacts } from './read-facts'

/** The same for a key that goes in the clear: the rows of that way, and its own acknowledgement. */
export async function checkPrivateJwk(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  input: SubmitPrivateJwkInput,
  read: ReadPrivateJwk,
): Promise<Result<CheckedSubmission, ServiceError>> {
  const parsed = parseTarget(input.target)
  if (!parsed.ok) return parsed
  const target = parsed.value
  if (input.acknowledgedServerSeesKey !== true) return err({ code: 'warnings-not-acknowledged', message: NOT_TOLD })
  if (input.draftId && !(await findDraft(ctx, actor, input.draftId))) return err(DRAFT_GONE)
  const own = read.spki ? sha256Hex(read.spki) : null
  if (own && input.expectedPublicKeySha256 && input.expectedPublicKeySha256 !== own) {
    return err({ code: 'file-mismatch', message: OTHER_KEY })
  }
  const [facts, caller, tier] = await Promise.all([
    readFacts(ctx, connection, { kekKid: null, name: target.name }),
    readCallerFacts(ctx, actor, connection.id),
    knownTier(ctx.db, connection),
  ])
  const report = runPreflight({
    way: 'jwk',
    key: { family: read.family, sizeOrCurve: read.sizeOrCurve },
    vault: { url: connection.url, kind: connection.kind, tier },
    kekKid: null,
    target,
    nameState: facts.nameState,
    typedName: input.typedName,
    caller: { ...caller, vaultAnswers: vaultAnswers(facts) },
    now: ctx.clock(),
  })
  const passed = expectAcknowledged(report, facts, input.acknowledgedWarnings)
  if (!passed.ok) return passed
  return ok({
    target,
    report,
    createsName: facts.nameState.state === 'free',
    draftId: input.draftId,
    fileName: input.fileName,
    // The key that was sent is the one that must be there, whether or not the officer named it.
    expectedPublicKeySha256: own,
    origin: 'over_tls',
    what: { way: 'jwk', read },
  })
}

const NOT_TOLD = 'Acknowledge that the server will see the private key, or seal it under a KEK instead.'
const OTHER_KEY =
  'The key in the file is not the one whose public key you gave. Nothing was sent; choose the right file.'
