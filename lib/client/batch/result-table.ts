import { csvField } from '@/lib/domain/csv-field'
import { type GivenCells, MANIFEST_COLUMNS, RESULT_COLUMNS, type ResultColumn } from '@/lib/domain/imports/manifest'
import { problemWords } from '../acts/use-act'
import { tagsOf } from '../import/answers'
import { keyOf, type WizardState } from '../import/wizard'
import type { GivenManifest } from './given-manifest'
import { QUEUE_STATES, type QueueRow } from './queue-state'

interface Told {
  name: string
  row: QueueRow
  state: WizardState
}

type ResultRow = GivenCells & Record<ResultColumn, string>

/**
 * What became of each file, as a spreadsheet opens it: RFC 4180 in UTF-8 with its mark, and no field a formula. It has a
 * manifest's columns first, so that it can be given as the manifest of what is left.
 */
export function resultTable(files: readonly Told[], manifest: GivenManifest | null): string {
  const columns = [...MANIFEST_COLUMNS, ...RESULT_COLUMNS]
  const lines = rowsOf(files, manifest).map((row) => columns.map((column) => csvField(oneLine(row[column]))).join(','))
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

function rowsOf(files: readonly Told[], manifest: GivenManifest | null): ResultRow[] {
  const reading = manifest?.reading.ok ? manifest.reading.value : null
  const before = (reading?.inReview ?? []).map(({ given, results }) => ({ ...given, ...results }))
  const wrong = (reading?.lines ?? []).flatMap((line) =>
    'given' in line
      ? [{ ...line.given, ...NO_RESULTS, state: QUEUE_STATES.out, message: line.problems.join(' ') }]
      : [],
  )
  const told = new Set([...before, ...wrong].map(({ file }) => file))
  return [...files.filter(({ name }) => !told.has(name)).map(rowOf), ...before, ...wrong]
}

const NO_RESULTS = { reference: '', sent_sha256: '', public_key_sha256: '', check_value: '' }

function rowOf({ name, row, state }: Told): ResultRow {
  const { answers, submission, file } = state
  const key = keyOf(file)
  return {
    file: name,
    name: answers.name,
    operations: answers.keyOps.join(' '),
    expiry: answers.expiresAt,
    tags: Object.entries(tagsOf(answers))
      .map(([tag, value]) => `${tag}=${value}`)
      .join('; '),
    expected: answers.expectedSha256 ?? '',
    state: QUEUE_STATES[row.state],
    reference: submission.state === 'done' ? submission.output.reference : '',
    message: messageOf(row, state),
    sent_sha256: row.state === 'done' && file.state === 'read' ? (file.facts.sentSha256 ?? '') : '',
    public_key_sha256: key?.spkiSha256 ?? '',
    check_value: key?.kcv?.cmac ?? '',
  }
}

function messageOf({ state: standing, errors }: QueueRow, { submission }: WizardState): string {
  if (standing === 'refused' && submission.state === 'refused') return problemWords(submission.problem)
  return errors.map(({ message }) => message).join(' ')
}

/** A line of the table is a line of its file: what is wrong with one is told by its number. */
const oneLine = (text: string) => text.replace(/\s*[\r\n]+\s*/g, ' ')
