import { PURPOSES } from '@/lib/domain/keys/key-operations'
import type { KeyType } from '@/lib/domain/keys/key-type'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { type AnswerError, fileErrors, keyErrors, preflightErrors } from '../import/answer-errors'
import { FIELD_IDS } from '../import/field-ids'
import type { WizardState } from '../import/wizard'
import type { StepContext } from '../import/wizard-steps'
import { isOpen, type QueuedFile } from './queue'

export const QUEUE_STATES = {
  broken: 'Can’t be imported',
  open: 'Needs you',
  asking: 'Asking the vault',
  ready: 'Ready',
  sending: 'Sending',
  refused: 'Failed',
  done: 'In review',
} as const

export type QueueState = keyof typeof QUEUE_STATES

export interface QueueRow {
  state: QueueState
  /** What stands in the way, in the order of the page. */
  errors: AnswerError[]
}

type QueueContext = StepContext & { twins: boolean; shared: WizardState }

/** Where a file stands. `broken`: no answer helps it, only another file. */
export function queueRow(file: QueuedFile, context: QueueContext): QueueRow {
  const { state, report } = context
  const { submission, facts } = state
  if (submission.state === 'sending') return { state: 'sending', errors: [] }
  if (submission.state === 'done') return { state: 'done', errors: [] }
  const ofFile = fileErrors(state, report)
  if (isBroken(report)) return { state: 'broken', errors: ofFile }
  const before = [...ofFile, ...keyErrorsOf(context), ...(context.twins ? [TWINS] : [])]
  const errors = before.length > 0 ? before : preflightErrors(state, report)
  if (before.length === 0 && (facts.state === 'not-asked' || facts.state === 'asking')) {
    return { state: 'asking', errors }
  }
  if (submission.state === 'refused') return { state: 'refused', errors }
  return { state: errors.length > 0 && isOpen(file) ? 'open' : 'ready', errors }
}

/** The purpose is chosen for all: where it does not fit the type of this one, that is said. */
function keyErrorsOf({ state, shared, now }: QueueContext): AnswerError[] {
  const { kty } = state.answers
  const purpose = PURPOSES.find(({ id }) => id === shared.answers.purpose)
  return keyErrors(state, now).map((error) =>
    error.fieldId === FIELD_IDS.purpose && kty && purpose && state.answers.purpose === null
      ? { ...error, message: unfitWords(purpose.label, kty) }
      : error,
  )
}

const unfitWords = (purpose: string, kty: KeyType) =>
  `“${purpose}” is nothing that a key of type ${kty} does. Choose a purpose that fits every file, or import this one by itself.`

const isBroken = ({ rows }: PreflightReport) =>
  rows.some(({ group, verdict }) => group === 'file' && verdict === 'fail')

const TWINS: AnswerError = {
  fieldId: 'import-name',
  message: 'Another file of this queue has the same name: each import is a key of its own.',
}

/** Whether another file would become a version of the same key. */
export function hasTwin(file: QueuedFile, files: readonly QueuedFile[]): boolean {
  const name = file.wizard.answers.name.toLowerCase()
  return files.some((other) => other.id !== file.id && other.wizard.answers.name.toLowerCase() === name)
}

/** "3 of 5 in review, 1 failed": for the bar and for whoever listens. */
export function progressWords(states: readonly QueueState[]): string {
  const count = (state: QueueState) => states.filter((each) => each === state).length
  const parts = [`${count('done')} of ${states.length} in review`]
  if (count('sending') > 0) parts.push('1 is being sent')
  if (count('refused') > 0) parts.push(`${count('refused')} failed`)
  if (count('broken') > 0) parts.push(`${count('broken')} can’t be imported`)
  return parts.join(', ')
}
