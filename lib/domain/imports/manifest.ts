import { parseFingerprint } from '@/lib/crypto'
import { withoutApostrophe } from '../csv-field'
import { KEY_NAME_PATTERN } from '../keys/key-id'
import { KEY_OPERATIONS, type KeyOperation, PURPOSES } from '../keys/key-operations'
import { isVaultTime, LATEST_VAULT_TIME } from '../keys/vault-time'
import { err, ok, type Result } from '../result'
import { tagsSchema } from './target'

/** One line of a manifest that may be followed: which file becomes which key. */
export interface ManifestRow {
  file: string
  name: string
  keyOps: KeyOperation[]
  /** ISO 8601 in UTC; null: none. */
  expiresAt: string | null
  tags: Record<string, string>
  /** Lower-case hex SPKI SHA-256; null: nothing is expected. */
  expectedSha256: string | null
}

/** A line as it was given: what can't be followed is handed back for mending as it came. */
export type GivenCells = Record<Column, string>

export type ManifestLine = { line: number; file: string } & (
  | { row: ManifestRow }
  | { problems: string[]; given: GivenCells }
)

/**
 * `withoutLine`: files that were chosen and that no line names; they are not imported. `inReview`: lines of a saved result
 * table whose keys have arrived already.
 */
export interface Manifest {
  lines: ManifestLine[]
  withoutLine: string[]
  inReview: { line: number; file: string; given: GivenCells; results: Record<ResultColumn, string> }[]
}

export const MANIFEST_COLUMNS = ['file', 'name', 'operations', 'expiry', 'tags', 'expected'] as const
type Column = (typeof MANIFEST_COLUMNS)[number]
/** What a saved result table has besides: it can be given as the manifest of the files that are left. */
export const RESULT_COLUMNS = [
  'state',
  'reference',
  'message',
  'sent_sha256',
  'public_key_sha256',
  'check_value',
] as const
export type ResultColumn = (typeof RESULT_COLUMNS)[number]
/** In that table, of what was sent and arrived. */
export const IN_REVIEW = 'In review'
const REQUIRED: readonly Column[] = ['file', 'name', 'operations']

/** What there is to go by: the files at hand, by name, and the time. */
export interface ManifestSurroundings {
  fileNames: readonly string[]
  atMost: number
  now: Date
}

/**
 * A manifest's cells, its first line the columns' names, against the files at hand. The error is a sentence about the table
 * as a whole; what is wrong with one line stands at that line, and stops no other.
 */
export function readManifest(
  cells: readonly (readonly string[])[],
  surroundings: ManifestSurroundings,
): Result<Manifest, string> {
  const [head = [], ...body] = cells
  const columns = head.map((title) => title.trim().toLowerCase())
  const wrong = problemOfColumns(columns)
  if (wrong) return err(wrong)
  const lines = body
    .map((values, index) => ({ line: index + 2, values }))
    .filter(({ values }) => values.some((value) => value.trim() !== ''))
  if (lines.length === 0) return err('The manifest names no file: below its first line there is nothing.')
  if (lines.length > surroundings.atMost) {
    return err(`The manifest has ${lines.length} lines; ${surroundings.atMost} go at once. Split it.`)
  }
  const drafts = lines.map(({ line, values }) => ({
    line,
    of: cellsOf(columns, values),
    results: resultsOf(columns, values),
    surplus: values.length > columns.length,
  }))
  const counts = countsOf(drafts, surroundings.fileNames)
  const isThrough = ({ results }: Draft) => results.state === IN_REVIEW
  return ok({
    lines: drafts.filter((draft) => !isThrough(draft)).map((draft) => readLine(draft, counts, surroundings)),
    withoutLine: surroundings.fileNames.filter((name) => !counts.ofFile.has(name)),
    inReview: drafts.filter(isThrough).map(({ line, of, results }) => ({ line, file: of.file, given: of, results })),
  })
}

function problemOfColumns(columns: readonly string[]): string | undefined {
  const secret = columns.find((column) => /pass|secret|pin/.test(column))
  if (secret) return `A manifest holds no passphrases: remove the column “${secret}”, and keep that file safe.`
  const known: readonly string[] = [...MANIFEST_COLUMNS, ...RESULT_COLUMNS]
  const unknown = columns.find((column) => !known.includes(column))
  if (unknown !== undefined) {
    return `“${unknown.slice(0, 40)}” is no column of a manifest. Its first line names: ${MANIFEST_COLUMNS.join(', ')}.`
  }
  const missing = REQUIRED.find((column) => !columns.includes(column))
  if (missing) return `The manifest’s first line has no column “${missing}”.`
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  return twice === undefined ? undefined : `The manifest has the column “${twice}” twice.`
}

type Draft = { line: number; of: GivenCells; results: Record<ResultColumn, string>; surplus: boolean }

function valueIn(columns: readonly string[], values: readonly string[], column: Column | ResultColumn): string {
  return withoutApostrophe(values[columns.indexOf(column)]?.trim() ?? '')
}

/** As a chosen file is named: parts by `/`, composed letters. */
const asFileName = (text: string) => text.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC')

function cellsOf(columns: readonly string[], values: readonly string[]): GivenCells {
  const value = (column: Column) => valueIn(columns, values, column)
  return {
    file: asFileName(value('file')),
    name: value('name'),
    operations: value('operations'),
    expiry: value('expiry'),
    tags: value('tags'),
    expected: value('expected'),
  }
}

function resultsOf(columns: readonly string[], values: readonly string[]): Draft['results'] {
  const value = (column: ResultColumn) => valueIn(columns, values, column)
  return {
    state: value('state'),
    reference: value('reference'),
    message: value('message'),
    sent_sha256: value('sent_sha256'),
    public_key_sha256: value('public_key_sha256'),
    check_value: value('check_value'),
  }
}

/** How often each file and name stands in the manifest, and each file among those that were chosen. */
type Counts = Record<'ofFile' | 'ofName' | 'chosen', ReadonlyMap<string, number>>

function countsOf(drafts: readonly Draft[], fileNames: readonly string[]): Counts {
  return {
    ofFile: tally(drafts.map(({ of }) => of.file)),
    ofName: tally(drafts.map(({ of }) => of.name.toLowerCase())),
    chosen: tally(fileNames),
  }
}

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function readLine(draft: Draft, counts: Counts, surroundings: ManifestSurroundings): ManifestLine {
  const { line, of } = draft
  const operations = readOperations(of.operations)
  const expiry = readExpiry(of.expiry, surroundings.now)
  const tags = readTags(of.tags)
  const expected = readExpected(of.expected)
  const problems = [
    ...(draft.surplus ? ['The line has more cells than there are columns; put texts with commas between quotes.'] : []),
    ...problemsOfFile(of.file, counts),
    ...problemsOfName(of.name, counts),
    ...[operations, expiry, tags, expected].flatMap((part) => (part.ok ? [] : [part.error])),
  ]
  if (problems.length > 0 || !operations.ok || !expiry.ok || !tags.ok || !expected.ok) {
    return { line, file: of.file, problems, given: of }
  }
  const row = { keyOps: operations.value, expiresAt: expiry.value, tags: tags.value, expectedSha256: expected.value }
  return { line, file: of.file, row: { file: of.file, name: of.name, ...row } }
}

function problemsOfFile(file: string, { ofFile, chosen }: Counts): string[] {
  if (file === '') return ['The line names no file.']
  if ((ofFile.get(file) ?? 0) > 1) return [`The file ${file} stands on more than one line.`]
  const found = chosen.get(file) ?? 0
  if (found > 1) return [`There are ${found} files named ${file}: which of them is meant can’t be told.`]
  return found === 1 ? [] : [`There is no file ${file} among those that were chosen.`]
}

/** Names of keys compare without case. */
function problemsOfName(name: string, { ofName }: Counts): string[] {
  if (!KEY_NAME_PATTERN.test(name)) return ['The name must have letters, digits and hyphens, 1 to 127 characters.']
  return (ofName.get(name.toLowerCase()) ?? 0) > 1
    ? [`The name ${name} stands on more than one line: each import is a key of its own.`]
    : []
}

/** `sign verify`, or a purpose of the wizard: `signing`. */
function readOperations(text: string): Result<KeyOperation[], string> {
  const purpose = PURPOSES.find(({ id }) => id === text.toLowerCase())
  if (purpose) return ok([...purpose.operations])
  const words = text.split(/[\s;|+]+/).filter(Boolean)
  if (words.length === 0) return err('The line names no operations, for example “sign verify” or “signing”.')
  const operations = words.map((word) => KEY_OPERATIONS.find((known) => known.toLowerCase() === word.toLowerCase()))
  const unknown = words.find((_word, index) => operations[index] === undefined)
  if (unknown !== undefined) return err(`“${unknown.slice(0, 40)}” is no operation of a key.`)
  return ok([...new Set(operations.filter((operation) => operation !== undefined))])
}

/** A day ends when it is over: `2027-11-22` is 23:59:59 UTC of it. */
function readExpiry(text: string, now: Date): Result<string | null, string> {
  if (text === '') return ok(null)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/.test(text)
  const time = new Date(isDay ? `${text}T23:59:59Z` : text)
  if ((!isDay && !isInstant) || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text.slice(0, 10))) {
    return err('The expiry must be a day, 2027-11-22, or an instant in UTC, 2027-11-22T12:00:00Z.')
  }
  if (time <= now) return err('The expiry is past.')
  if (!isVaultTime(time))
    return err(`Vaults can be told times up to ${LATEST_VAULT_TIME.toISOString().slice(0, 10)} only.`)
  return ok(time.toISOString())
}

/** `purpose=payments; owner=treasury`. */
function readTags(text: string): Result<Record<string, string>, string> {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
  const pairs = parts.map((part) => {
    const at = part.indexOf('=')
    return at < 0 ? undefined : ([part.slice(0, at).trim(), part.slice(at + 1).trim()] as const)
  })
  const known = pairs.filter((pair) => pair !== undefined)
  if (known.length < parts.length) return err('Tags are written as name=value; name=value.')
  if (new Set(known.map(([name]) => name)).size < known.length) return err('A tag stands twice on the line.')
  const read = tagsSchema.safeParse(Object.fromEntries(known))
  return read.success ? ok(read.data) : err(read.error.issues[0]?.message ?? 'The tags can’t be used.')
}

function readExpected(text: string): Result<string | null, string> {
  if (text === '') return ok(null)
  const sha256 = parseFingerprint(text)
  return sha256 ? ok(sha256) : err('The expected value must be the SHA-256 of the public key, 64 hexadecimal digits.')
}
