import type { Action } from '@/lib/domain/actions/action-result'
import type { SubmitImportInput, SubmitImportOutput, TargetFacts } from '@/lib/domain/imports/views'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { type Answers, targetOf } from './answers'
import type { HeldFile } from './held-file'
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
  readTargetFacts: Action<{ connectionId: string; kekKid: string; name: string }, TargetFacts>
  saveDraft: Action<SaveDraftInput, { draftId: string }>
  submitImport: Action<SubmitImportInput, SubmitImportOutput>
}

type Dispatch = (event: WizardEvent) => void

/** What a draft keeps of a wizard: its answers and the file's hash, never a byte of the file. */
export function draftOf({ draftId, answers, file }: WizardState): SaveDraftInput {
  const { connectionId, kekKid, ...rest } = answers
  const known = file.state === 'read' ? file.facts : null
  const asked = file.state === 'asked-again' || file.state === 'not-the-same' ? file : null
  return {
    id: draftId,
    connectionId,
    kekKid,
    fileName: known?.name ?? asked?.name ?? null,
    fileSha256: known?.sha256 ?? asked?.sha256 ?? null,
    fileLength: known?.length ?? null,
    answers: rest,
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
  if (!about || !connectionId || !kekKid) return
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
  const warned = new Set<string>(report.rows.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id))
  return {
    draftId,
    connectionId: answers.connectionId,
    kekKid: answers.kekKid,
    fileName: file.facts.name,
    origin: 'transfer_blob',
    file: bytes,
    acceptedNormalisedSha256: file.acceptedNormalised && file.facts.changes.length > 0 ? file.facts.sentSha256 : null,
    target,
    typedName: answers.typedName || null,
    acknowledgedWarnings: Object.keys(answers.acknowledged).filter((id) => warned.has(id)),
    expectedPublicKeySha256: answers.expectedSha256,
  }
}
