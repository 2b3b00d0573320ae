import type { Action } from '@/lib/domain/actions/action-result'
import type {
  NamedKey,
  PreparePrivateJwkInput,
  SubmitImportInput,
  SubmitImportOutput,
  SubmitPrivateJwkInput,
  TargetFacts,
} from '@/lib/domain/imports/views'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import type { KeyFacts } from '../key-worker/key-facts'
import { type Answers, targetOf } from './answers'
import type { HeldFile } from './held-file'
import { chosenKey, type KeyFileState } from './key-file'
import { factsQuestion, type WizardEvent, type WizardState } from './wizard'

export interface SaveDraftInput {
  id: string | null
  connectionId: string | null
  kekKid: string | null
  fileName: string | null
  fileSha256: string | null
  fileLength: number | null
  answers: Omit<Answers, 'connectionId' | 'kekKid'>
}

export interface WizardActions {
  readTargetFacts: Action<{ connectionId: string; kekKid: string | null; name: string }, TargetFacts>
  saveDraft: Action<SaveDraftInput, { draftId: string }>
  submitImport: Action<SubmitImportInput, SubmitImportOutput>
  /** Asks who is there, before the key leaves its worker. */
  preparePrivateJwk: Action<PreparePrivateJwkInput, null>
  /** Called by itself, never by a cache's mutation: that would keep its arguments. */
  submitPrivateJwk: Action<SubmitPrivateJwkInput, SubmitImportOutput>
}

type Dispatch = (event: WizardEvent) => void

/**
 * What a draft keeps of a wizard: its answers and a transfer blob's hash, never a byte of the file. Of a key file it keeps
 * nothing: a hash of it would be made of the key, and what is sealed from it again is another blob.
 */
export function draftOf({ draftId, answers, file }: WizardState): SaveDraftInput {
  const { connectionId, kekKid, ...rest } = answers
  const known = file.state === 'read' && !file.sealed && file.facts.sentSha256 !== null ? file.facts : null
  const asked = file.state === 'asked-again' || file.state === 'not-the-same' ? file : null
  return {
    id: draftId,
    connectionId,
    kekKid,
    fileName: known?.name ?? asked?.name ?? null,
    fileSha256: known?.sha256 ?? asked?.sha256 ?? null,
    fileLength: known?.length ?? null,
    answers: { ...rest, serverSeesKey: false },
  }
}

/** Asks the vault about name and KEK, unless that very question is answered or under way. */
export async function askFacts(
  state: WizardState,
  action: WizardActions['readTargetFacts'],
  dispatch: Dispatch,
): Promise<void> {
  const about = factsQuestion(state.answers)
  const { connectionId, kekKid, name } = state.answers
  if (!about || !connectionId) return
  dispatch({ type: 'facts-asked', about })
  const result = await action({
    idempotencyKey: crypto.randomUUID(),
    input: { connectionId, kekKid, name },
  }).catch(() => null)
  if (result?.ok) dispatch({ type: 'facts-came', about, facts: result.value, at: new Date().toISOString() })
  else dispatch({ type: 'facts-failed', about, problem: result?.problem ?? NO_ANSWER })
}

const NO_ANSWER = {
  code: 'unexpected',
  message: 'The console did not answer. Check your connection, then ask again.',
  requestId: '',
} as const

/** The request as it is sent; null while something is missing (the steps let nobody come so far). */
export function submitInputOf(state: WizardState, report: PreflightReport, held: HeldFile): SubmitImportInput | null {
  const { answers, file, draftId } = state
  const target = targetOf(answers)
  const bytes = held.bytes()
  if (!target || !bytes || file.state !== 'read' || !answers.connectionId || !answers.kekKid) return null
  return {
    draftId,
    connectionId: answers.connectionId,
    kekKid: answers.kekKid,
    fileName: file.facts.name,
    origin: file.sealed ? 'sealed_in_browser' : 'transfer_blob',
    file: bytes,
    acceptedNormalisedSha256: file.acceptedNormalised && file.facts.changes.length > 0 ? file.facts.sentSha256 : null,
    target,
    typedName: answers.typedName || null,
    acknowledgedWarnings: acknowledgedOf(answers, report),
    expectedPublicKeySha256: answers.expectedSha256,
  }
}

function acknowledgedOf({ acknowledged }: Answers, report: PreflightReport): string[] {
  const warned = new Set<string>(report.rows.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id))
  return Object.keys(acknowledged).filter((id) => warned.has(id))
}

export interface ClearKeyInput {
  input: Omit<SubmitPrivateJwkInput, 'jwk'>
  /** Which key: what is asked about before it is sent. */
  key: NamedKey
  found: Extract<KeyFileState, { step: 'found' }>
}

/** A private key that the server will see: everything but the key itself, which only its worker has. */
export function clearKeyInputOf(
  { answers, file, draftId }: WizardState,
  report: PreflightReport,
): ClearKeyInput | null {
  const target = targetOf(answers)
  const found = file.state === 'key-file' && file.key.step === 'found' ? file.key : null
  const facts = found && chosenKey(found)
  const key = facts && namedKey(facts)
  if (!answers.overTls || !answers.serverSeesKey || !answers.connectionId) return null
  if (!target || !found || !key) return null
  const input = {
    draftId,
    connectionId: answers.connectionId,
    fileName: found.name,
    target,
    typedName: answers.typedName || null,
    acknowledgedWarnings: acknowledgedOf(answers, report),
    acknowledgedServerSeesKey: true as const,
    expectedPublicKeySha256: answers.expectedSha256 ?? facts.spkiSha256,
  }
  return { input, key, found }
}

function namedKey({ spkiSha256, kcv }: KeyFacts): NamedKey | null {
  if (spkiSha256) return { spkiSha256 }
  return kcv && { kcv }
}
