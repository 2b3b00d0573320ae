import 'server-only'
import { originOfBlob } from '@/lib/domain/imports/origin'
import { isBlobType } from '@/lib/domain/imports/target'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import type { TransferFile } from '@/lib/domain/preflight/input'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { expectAcknowledged } from './accepted-report'
import { readCallerFacts, vaultAnswers } from './caller-facts'
import { type CheckedSubmission, parseTarget, type ReadableFile } from './checked-submission'
import { DRAFT_GONE, findDraft } from './draft-row'
import { readFacts } from './read-facts'

/**
 * Reads the file and the vault afresh, runs preflight again, and holds it against what the officer accepted.
 * @param known The file of `input`, where it has been read already.
 */
export async function checkSubmission(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  input: SubmitImportInput,
  known?: TransferFile,
): Promise<Result<CheckedSubmission, ServiceError>> {
  const parsed = parseTarget(input.target)
  if (!parsed.ok) return parsed
  const target = parsed.value
  if (!isBlobType(target.kty)) return err({ code: 'invalid-input', fields: { 'target.kty': IN_HARDWARE } })
  const file = known ?? (await readTransferFile(input.file))
  const sameFile = await expectSameFile(ctx, actor, input, file)
  if (!sameFile.ok) return sameFile
  const [facts, kek, caller] = await Promise.all([
    readFacts(ctx, connection, { kekKid: input.kekKid, name: target.name }),
    ctx.db.kek.findUnique({ where: { kid: input.kekKid } }),
    readCallerFacts(ctx, actor, connection.id),
  ])
  const report = runPreflight({
    file,
    vault: { url: connection.url, kind: connection.kind },
    kek: facts.kek,
    kekKid: input.kekKid,
    recordedKekSpkiSha256: kek?.spkiSha256 ?? null,
    target,
    nameState: facts.nameState,
    typedName: input.typedName,
    caller: { ...caller, vaultAnswers: vaultAnswers(facts) },
    now: ctx.clock(),
  })
  const passed = expectAcknowledged(report, facts, input.acknowledgedWarnings)
  if (!passed.ok) return passed
  if (!isReadable(file) || facts.kek.state !== 'read') return err({ code: 'preflight-failed' })
  const { kid, generator } = file.parsed.blob
  if (kid !== input.kekKid) return err({ code: 'file-mismatch', message: OTHER_KEK })
  return ok({
    target,
    report,
    createsName: facts.nameState.state === 'free',
    draftId: input.draftId,
    fileName: input.fileName,
    expectedPublicKeySha256: target.kty === 'oct-HSM' ? null : input.expectedPublicKeySha256,
    origin: originOfBlob(input.origin, generator),
    what: {
      way: 'blob',
      kty: target.kty,
      file,
      kek: { kid, id: kek?.id ?? null, spkiSha256: facts.kek.spkiSha256 },
    },
  })
}

const IN_HARDWARE = 'A transfer blob becomes a key in hardware.'
const OTHER_KEK = 'The file names another KEK than the one chosen. Choose that KEK, or another file.'
const NOT_ACCEPTED = 'What would be sent is not what you accepted. Choose the file again and look at the changes.'

/** The draft's file, and the normalised bytes exactly as they were accepted. */
async function expectSameFile(
  ctx: Context,
  actor: Actor,
  input: SubmitImportInput,
  file: TransferFile,
): Promise<Result<void, ServiceError>> {
  if (input.draftId) {
    const draft = await findDraft(ctx, actor, input.draftId)
    if (!draft) return err(DRAFT_GONE)
    if (draft.fileSha256 && draft.fileSha256 !== file.sha256) return err({ code: 'file-mismatch' })
  }
  if (!file.parsed.ok) return ok(undefined) // its rows of the report say what it is
  const accepted = file.changes.length > 0 ? file.sentSha256 : null
  return input.acceptedNormalisedSha256 === accepted
    ? ok(undefined)
    : err({ code: 'file-mismatch', message: NOT_ACCEPTED })
}

function isReadable(file: TransferFile): file is ReadableFile {
  return file.parsed.ok && file.sentSha256 !== null
}
