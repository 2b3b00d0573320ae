import { IN_REVIEW } from '@/lib/domain/imports/manifest'
import { PURPOSES } from '@/lib/domain/keys/key-operations'
import type { KeyType } from '@/lib/domain/keys/key-type'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { type AnswerError, expectedErrors, fileErrors, keyErrors, preflightErrors } from '../import/answer-errors'
import { FIELD_IDS } from '../import/field-ids'
import type { StepContext } from '../import/wizard-steps'
import { staysOutBecause } from './file-line'
import type { QueuedFile } from './queue'

export const QUEUE_STATES = {
  out: 'Stays out',
  waiting: 'Not read yet',
  reading: 'Reading and sealing',
  locked: 'Encrypted',
  broken: 'Can’t be imported',
  open: 'Needs you',
  asking: 'Asking the vault',
  ready: 'Ready',
  sending: 'Sending',
  refused: 'Failed',
  done: IN_REVIEW,
} as const

export type QueueState = keyof typeof QUEUE_STATES

export interface QueueRow {
  state: QueueState
  /** What stands in the way, in the order of the page. */
  errors: AnswerError[]
}

type QueueContext = StepContext & { twin: boolean; sharedPurpose: string | null }

/** Where a file stands. `broken`: no answer helps it, only another file. */
export function queueRow(file: QueuedFile, context: QueueContext): QueueRow {
  const { submission } = context.state
  if (submission.state === 'sending') return { state: 'sending', errors: [] }
  if (submission.state === 'done') return { state: 'done', errors: [] }
  return unread(file) ?? answeredRow(file, context)
}

const ofFile = (...messages: (string | null)[]): AnswerError[] =>
  messages.flatMap((message) => (message ? [{ fieldId: FIELD_IDS.file, message }] : []))

/** Before there is a transfer blob; null: there is one. */
function unread({ line, read }: QueuedFile): QueueRow | null {
  const out = staysOutBecause(line)
  if (out) return { state: 'out', errors: ofFile(out) }
  switch (read.state) {
    case 'waiting':
      return { state: 'waiting', errors: [] }
    case 'broke':
      return { state: 'waiting', errors: ofFile(read.words) }
    case 'reading':
      return { state: 'reading', errors: [] }
    case 'locked':
      return { state: 'locked', errors: ofFile(read.wrong ?? `By ${read.lock.cipher}; ${read.lock.kdf}.`) }
    case 'refused':
      return { state: 'broken', errors: ofFile(read.remedy) }
    case 'read':
      return null
  }
}

function answeredRow(file: QueuedFile, context: QueueContext): QueueRow {
  const { state, report } = context
  const { submission, facts } = state
  const errorsOfFile = [...fileErrors(state, report), ...expectedErrors(state)]
  if (isBroken(report)) return { state: 'broken', errors: errorsOfFile }
  const before = [...errorsOfFile, ...keyErrorsOf(file, context), ...(context.twin ? [TWINS] : [])]
  const errors = before.length > 0 ? before : preflightErrors(state, report)
  if (before.length === 0 && (facts.state === 'not-asked' || facts.state === 'asking')) {
    return { state: 'asking', errors }
  }
  // Nothing was done: it goes again as it is.
  const limited = submission.state === 'refused' && submission.problem.code === 'rate-limited'
  if (submission.state === 'refused' && !limited) return { state: 'refused', errors }
  return { state: errors.length > 0 ? 'open' : 'ready', errors }
}

/** Operations are chosen for all, or stand in the manifest: where they do not fit the type of this one, that is said. */
function keyErrorsOf({ line }: QueuedFile, { state, sharedPurpose, now }: QueueContext): AnswerError[] {
  const { kty, purpose: own } = state.answers
  const purpose = PURPOSES.find(({ id }) => id === sharedPurpose)
  return keyErrors(state, now).map((error) => {
    if (error.fieldId !== FIELD_IDS.purpose || !kty) return error
    if (line.state === 'followed') return { ...error, message: unfitLineWords(line.line, line.row.keyOps, kty) }
    return purpose && own === null ? { ...error, message: unfitWords(purpose.label, kty) } : error
  })
}

const unfitWords = (purpose: string, kty: KeyType) =>
  `“${purpose}” is nothing that a key of type ${kty} does. Choose a purpose that fits every file, or import this one by itself.`

const unfitLineWords = (line: number, keyOps: readonly string[], kty: KeyType) =>
  `Line ${line} of the manifest asks for “${keyOps.join(' ')}”, which is not what a key of type ${kty} does. Mend the line.`

const isBroken = ({ rows }: PreflightReport) =>
  rows.some(({ group, verdict }) => group === 'file' && verdict === 'fail')

const TWINS: AnswerError = {
  fieldId: 'import-name',
  message: 'Another file of this queue has the same name: each import is a key of its own.',
}

/** Names that more than one file would become a version of, in lower case. */
export function twinNames(files: readonly QueuedFile[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const { line, wizard } of files) {
    const name = wizard.answers.name.toLowerCase()
    if (staysOutBecause(line)) continue
    if (seen.has(name)) twins.add(name)
    seen.add(name)
  }
  return twins
}

type Count = (...states: QueueState[]) => number

const countIn =
  (states: readonly QueueState[]): Count =>
  (...wanted) =>
    states.filter((state) => wanted.includes(state)).length

/** "3 of 5 in review, 1 failed": for the bar and for whoever listens. What stays out is none of them. */
export function progressWords(states: readonly QueueState[]): string {
  const count = countIn(states)
  const parts = [`${count('done')} of ${states.length - count('out')} in review`]
  if (count('sending') > 0) parts.push('1 is being sent')
  if (count('refused') > 0) parts.push(`${count('refused')} failed`)
  if (count('broken') > 0) parts.push(`${count('broken')} can’t be imported`)
  return parts.join(', ')
}

/** How far the reading is. What is encrypted waits for its passphrase. */
export function readingProgress(states: readonly QueueState[]): { read: number; of: number; words: string } {
  const count = countIn(states)
  const of = states.length - count('out')
  const read = of - count('waiting', 'reading', 'locked')
  const locked = count('locked')
  return { read, of, words: `${read} of ${of} read${locked > 0 ? `, ${locked} encrypted` : ''}` }
}
