import type { NormalisationChange } from '@/lib/crypto'
import type { Problem } from '@/lib/domain/actions/action-result'
import type { TargetType } from '@/lib/domain/imports/target'
import type { DraftView, SubmitImportOutput, TargetFacts } from '@/lib/domain/imports/views'
import type { KeyFacts } from '../key-worker/key-facts'
import { type Answers, answersSchema, NO_ANSWERS, type PurposeChoice, withPurpose, withType, withWay } from './answers'
import { chosenKey, type KeyFileState, type SealedKey } from './key-file'

/** Public facts of the chosen file. Its bytes are kept elsewhere, outside of every state (`held-file.ts`). */
export interface FileFacts {
  name: string
  length: number
  sha256: string
  /** null: it is no transfer blob, and nothing of it could be sent. */
  sentSha256: string | null
  changes: NormalisationChange[]
  kid: string | null
  generator: string | null
  ciphertextLength: number | null
}

/** The file that an opened draft was made with. */
export interface AskedFile {
  name: string
  sha256: string
}

export type FileState =
  | { state: 'none' }
  /** A draft was opened: the same file is asked for again. */
  | { state: 'asked-again'; name: string; sha256: string }
  | { state: 'not-the-same'; name: string; sha256: string; givenSha256: string }
  /** A file that is its worker's: until it is known to be no key file, or until its key is sealed. */
  | { state: 'key-file'; key: KeyFileState; asked: AskedFile | null }
  /** `sealed`: it was sealed here, from a key file; null: it came as it is. */
  | { state: 'read'; facts: FileFacts; acceptedNormalised: boolean; sealed: SealedKey | null }

/** What the vault said about name and KEK; `about` names the question, so that an old answer never serves a new one. */
export type FactsState =
  | { state: 'not-asked' }
  | { state: 'asking'; about: string }
  | { state: 'known'; about: string; facts: TargetFacts; at: string }
  | { state: 'failed'; about: string; problem: Problem }

export type Submission =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'refused'; problem: Problem }
  | { state: 'done'; output: SubmitImportOutput }

export interface WizardState {
  draftId: string | null
  answers: Answers
  /** What was typed as the expected public key can't be read as one: it would be left out of the request. */
  expectedUnreadable: boolean
  file: FileState
  facts: FactsState
  submission: Submission
}

export type WizardEvent =
  | { type: 'vault-chosen'; connectionId: string }
  | { type: 'kek-chosen'; kekKid: string }
  | { type: 'tls-chosen' }
  | { type: 'file-read'; facts: FileFacts; sealed: SealedKey | null }
  | { type: 'key-file'; key: KeyFileState }
  | { type: 'key-chosen'; key: number }
  | { type: 'file-let-go' }
  | { type: 'normalised-accepted'; accepted: boolean }
  | { type: 'type-chosen'; kty: TargetType; sizeOrCurve: string }
  | { type: 'purpose-chosen'; purpose: PurposeChoice }
  | { type: 'answered'; change: Partial<Answers> }
  | { type: 'expected-read'; unreadable: boolean }
  | { type: 'warning-acknowledged'; id: string; fact: string; acknowledged: boolean }
  | { type: 'facts-asked'; about: string }
  | { type: 'facts-came'; about: string; facts: TargetFacts; at: string }
  | { type: 'facts-failed'; about: string; problem: Problem }
  | { type: 'draft-saved'; draftId: string }
  | { type: 'draft-lost' }
  | { type: 'submit-started' }
  | { type: 'submit-refused'; problem: Problem }
  | { type: 'submit-done'; output: SubmitImportOutput }

export function startWizard(start: { draft: DraftView | null; connectionId?: string; kekKid?: string }): WizardState {
  const { draft } = start
  const saved = draft ? answersSchema.safeParse(draft.answers) : undefined
  const answers = saved?.success ? saved.data : NO_ANSWERS
  const again = draft?.fileName && draft.fileSha256
  return {
    draftId: draft?.id ?? null,
    answers: {
      ...answers,
      connectionId: draft?.connectionId ?? start.connectionId ?? null,
      kekKid: draft?.kekKid ?? start.kekKid ?? null,
    },
    expectedUnreadable: false,
    file: again
      ? { state: 'asked-again', name: draft.fileName ?? '', sha256: draft.fileSha256 ?? '' }
      : { state: 'none' },
    facts: { state: 'not-asked' },
    submission: { state: 'idle' },
  }
}

const placeOf = ({ answers: { connectionId } }: WizardState) => ({ connectionId })

/** The question that `read-target-facts` answers; null while it can't be asked. Over TLS there is no KEK to ask about. */
export function factsQuestion({ connectionId, kekKid, overTls, name }: Answers): string | null {
  return connectionId && (kekKid || overTls) && name ? JSON.stringify([connectionId, kekKid, name]) : null
}

/** The key of the chosen file, where it is a key file and one of its keys is chosen: public facts. */
export function keyOf(file: FileState): KeyFacts | undefined {
  if (file.state === 'key-file') return chosenKey(file.key)
  return file.state === 'read' ? file.sealed?.key : undefined
}

/** Once the request is on its way its answers stand still: what is shown is what was sent. */
export function wizardReducer(state: WizardState, event: WizardEvent): WizardState {
  if (state.submission.state === 'done') return state
  if (state.submission.state === 'sending') return whileSending(state, event)
  return settled(state, event)
}

function whileSending(state: WizardState, event: WizardEvent): WizardState {
  if (event.type === 'submit-refused') return refused(state, event.problem)
  if (event.type === 'submit-done') return { ...state, submission: { state: 'done', output: event.output } }
  return state
}

/** A name that was taken meanwhile makes the vault's facts void: they are asked for again before anything else. */
function refused(state: WizardState, problem: Problem): WizardState {
  const facts: FactsState = problem.code === 'name-in-use' ? { state: 'not-asked' } : state.facts
  return { ...state, facts, submission: { state: 'refused', problem } }
}

function settled(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case 'vault-chosen':
      return event.connectionId === state.answers.connectionId
        ? state
        : answer(state, withWay(state.answers, { connectionId: event.connectionId, kekKid: null, overTls: false }))
    case 'kek-chosen':
      return answer(state, withWay(state.answers, { ...placeOf(state), kekKid: event.kekKid, overTls: false }))
    case 'tls-chosen':
      return answer(state, withWay(state.answers, { ...placeOf(state), kekKid: null, overTls: true }))
    case 'file-read':
      return withFile(state, event)
    case 'key-file':
      return withKeyFile(withoutFilledValue(state), event.key)
    case 'key-chosen':
      return { ...state, file: withKeyChosen(state.file, event.key) }
    case 'file-let-go':
      return { ...state, file: { state: 'none' } }
    case 'normalised-accepted':
      return state.file.state === 'read'
        ? { ...state, file: { ...state.file, acceptedNormalised: event.accepted } }
        : state
    case 'type-chosen':
      return { ...state, answers: withType(state.answers, event.kty, event.sizeOrCurve) }
    case 'purpose-chosen':
      return { ...state, answers: withPurpose(state.answers, event.purpose) }
    case 'answered':
      return answer(state, event.change)
    case 'expected-read':
      return { ...state, expectedUnreadable: event.unreadable }
    case 'warning-acknowledged':
      return { ...state, answers: acknowledge(state.answers, event) }
    case 'facts-asked':
      return { ...state, facts: { state: 'asking', about: event.about } }
    case 'facts-came':
      return isAwaited(state, event.about)
        ? { ...state, facts: { state: 'known', about: event.about, facts: event.facts, at: event.at } }
        : state
    case 'facts-failed':
      return isAwaited(state, event.about)
        ? { ...state, facts: { state: 'failed', about: event.about, problem: event.problem } }
        : state
    case 'draft-saved':
      return { ...state, draftId: event.draftId }
    case 'draft-lost':
      return { ...state, draftId: null }
    case 'submit-started':
      return { ...state, submission: { state: 'sending' } }
    case 'submit-refused':
    case 'submit-done':
      return state
  }
}

/** An answer that changes the question makes the vault's facts, and a typed confirmation of the name, void. */
function answer(state: WizardState, change: Partial<Answers>): WizardState {
  const renamed = change.name !== undefined && change.name !== state.answers.name
  const answers = { ...state.answers, ...change, ...(renamed ? { typedName: '' } : {}) }
  const asksElse = factsQuestion(answers) !== factsQuestion(state.answers)
  return { ...state, answers, facts: asksElse ? { state: 'not-asked' } : state.facts }
}

function isAwaited({ facts }: WizardState, about: string): boolean {
  return facts.state === 'asking' && facts.about === about
}

/** Another file: what was filled in from the one before goes with it, what the officer gave stays. */
function withoutFilledValue(state: WizardState): WizardState {
  const filled = state.file.state === 'read' ? state.file.sealed?.key.spkiSha256 : undefined
  if (!filled || filled !== state.answers.expectedSha256) return state
  return { ...state, answers: { ...state.answers, expectedSha256: null } }
}

/** What was acknowledged of one file's key is not acknowledged of the next one's. */
function withKeyFile(state: WizardState, key: KeyFileState): WizardState {
  const answers = key.step === 'reading' ? { ...state.answers, serverSeesKey: false } : state.answers
  return { ...state, answers, file: { state: 'key-file', key, asked: askedOf(state.file) } }
}

type FileRead = Extract<WizardEvent, { type: 'file-read' }>

/** A key that was sealed here is known: its type, and its public half unless the officer expects another. */
function withFile(state: WizardState, { facts, sealed }: FileRead): WizardState {
  const next: WizardState = { ...state, file: fileAfter(state.file, facts, sealed) }
  if (!sealed) return next
  const { kind, sizeOrCurve, spkiSha256 } = sealed.key
  const answers = withType(next.answers, `${kind}-HSM`, sizeOrCurve)
  return { ...next, answers: { ...answers, expectedSha256: answers.expectedSha256 ?? spkiSha256 } }
}

function askedOf(file: FileState): AskedFile | null {
  if (file.state === 'key-file') return file.asked
  return file.state === 'asked-again' || file.state === 'not-the-same' ? { name: file.name, sha256: file.sha256 } : null
}

function fileAfter(before: FileState, facts: FileFacts, sealed: SealedKey | null): FileState {
  const asked = askedOf(before)
  if (asked && !sealed && asked.sha256 !== facts.sha256) {
    return { state: 'not-the-same', name: asked.name, sha256: asked.sha256, givenSha256: facts.sha256 }
  }
  return { state: 'read', facts, acceptedNormalised: false, sealed }
}

function withKeyChosen(file: FileState, key: number): FileState {
  if (file.state !== 'key-file' || file.key.step !== 'found' || !file.key.keys[key]) return file
  return { ...file, key: { ...file.key, chosen: key } }
}

function acknowledge(answers: Answers, event: Extract<WizardEvent, { type: 'warning-acknowledged' }>): Answers {
  const { [event.id]: _before, ...others } = answers.acknowledged
  return { ...answers, acknowledged: event.acknowledged ? { ...others, [event.id]: event.fact } : others }
}
