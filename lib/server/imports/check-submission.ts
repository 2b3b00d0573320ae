import 'server-only'
import { type ImportTarget, importTargetSchema } from '@/lib/domain/imports/target'
import type { SubmitImportInput, TargetFacts } from '@/lib/domain/imports/views'
import type { TransferFile } from '@/lib/domain/preflight/input'
import type { PreflightReport, PreflightRow } from '@/lib/domain/preflight/report'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { readCallerFacts, vaultAnswers } from './caller-facts'
import { findDraft } from './draft-row'
import { readFacts } from './read-facts'

type ReadableFile = TransferFile & { parsed: Extract<TransferFile['parsed'], { ok: true }>; sentSha256: string }

/** A submission that may go: everything in it was found out here, nothing is the browser's word. */
export interface CheckedSubmission {
  target: ImportTarget
  file: ReadableFile
  report: PreflightReport
  kek: { kid: string; id: string | null; spkiSha256: string; name: string | null }
  createsName: boolean
}

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
  const parsed = importTargetSchema.safeParse(input.target)
  if (!parsed.success) return err({ code: 'invalid-input', fields: fieldsOf(parsed.error.issues) })
  const target = parsed.data
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
  const passed = expectAcknowledged(report, facts, input)
  if (!passed.ok) return passed
  if (!isReadable(file) || facts.kek.state !== 'read') return err({ code: 'preflight-failed' })
  if (file.parsed.blob.kid !== input.kekKid) return err({ code: 'file-mismatch', message: OTHER_KEK })
  return ok({
    target,
    file,
    report,
    kek: { kid: input.kekKid, id: kek?.id ?? null, spkiSha256: facts.kek.spkiSha256, name: kek?.name ?? null },
    createsName: facts.nameState.state === 'free',
  })
}

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
    if (!draft) return err({ code: 'not-found', message: 'This draft is gone.' })
    if (draft.fileSha256 && draft.fileSha256 !== file.sha256) return err({ code: 'file-mismatch' })
  }
  if (!file.parsed.ok) return ok(undefined) // its rows of the report say what it is
  const accepted = file.changes.length > 0 ? file.sentSha256 : null
  return input.acceptedNormalisedSha256 === accepted
    ? ok(undefined)
    : err({ code: 'file-mismatch', message: NOT_ACCEPTED })
}

/** Failed rows block, and so do rows that could not be decided; each warning is acknowledged by its id. */
function expectAcknowledged(
  { rows }: PreflightReport,
  facts: TargetFacts,
  { acknowledgedWarnings }: SubmitImportInput,
): Result<void, ServiceError> {
  const failed = rows.filter(({ verdict }) => verdict === 'fail')
  if (failed.length > 0) return err({ code: 'preflight-failed', message: nameRows(failed), fields: byId(failed) })
  if (facts.kek.state === 'not_known' || facts.nameState.state === 'not_known')
    return err({ code: 'vault-unreachable' })
  const open = rows.filter(({ verdict }) => verdict === 'pending')
  if (open.length > 0) return err({ code: 'preflight-failed', message: nameRows(open), fields: byId(open) })
  const unread = rows.filter(({ id, verdict }) => verdict === 'warn' && !acknowledgedWarnings.includes(id))
  if (unread.length === 0) return ok(undefined)
  const message = `Acknowledge each warning before the key is sent: ${unread.map(({ title }) => title).join('; ')}.`
  return err({ code: 'warnings-not-acknowledged', message, fields: byId(unread) })
}

function nameRows(rows: readonly PreflightRow[]): string {
  const facts = rows.map(({ title, fact }) => `${title}: ${fact}`)
  return `Preflight stopped this before anything was sent. ${facts.join(' ')}`
}

function byId(rows: readonly PreflightRow[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ id, fact, remedy }) => [id, remedy ? `${fact} ${remedy}` : fact]))
}

function isReadable(file: TransferFile): file is ReadableFile {
  return file.parsed.ok && file.sentSha256 !== null
}

function fieldsOf(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [['target', ...path].join('.'), message]))
}
