import { parseFingerprint } from '@/lib/crypto'
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

export type ManifestLine = { line: number; file: string } & ({ row: ManifestRow } | { problems: string[] })

/** `withoutLine`: files that were chosen and that no line names; they are not imported. */
export interface Manifest {
  lines: ManifestLine[]
  withoutLine: string[]
}

export const MANIFEST_COLUMNS = ['file', 'name', 'operations', 'expiry', 'tags', 'expected'] as const
type Column = (typeof MANIFEST_COLUMNS)[number]
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
    surplus: values.length > columns.length,
  }))
  const read = drafts.map((draft) => readLine(draft, drafts, surroundings))
  const named = new Set(drafts.map(({ of }) => of.file))
  return ok({ lines: read, withoutLine: surroundings.fileNames.filter((name) => !named.has(name)) })
}

function problemOfColumns(columns: readonly string[]): string | undefined {
  const secret = columns.find((column) => /pass|secret|pin/.test(column))
  if (secret) return `A manifest holds no passphrases: remove the column “${secret}”, and keep that file safe.`
  const known: readonly string[] = MANIFEST_COLUMNS
  const unknown = columns.find((column) => !known.includes(column))
  if (unknown !== undefined) {
    return `“${unknown.slice(0, 40)}” is no column of a manifest. Its first line names: ${MANIFEST_COLUMNS.join(', ')}.`
  }
  const missing = REQUIRED.find((column) => !columns.includes(column))
  if (missing) return `The manifest’s first line has no column “${missing}”.`
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  return twice === undefined ? undefined : `The manifest has the column “${twice}” twice.`
}

type Cells = Record<Column, string>
type Draft = { line: number; of: Cells; surplus: boolean }

function cellsOf(columns: readonly string[], values: readonly string[]): Cells {
  const value = (column: Column) => values[columns.indexOf(column)]?.trim() ?? ''
  return {
    file: value('file'),
    name: value('name'),
    operations: value('operations'),
    expiry: value('expiry'),
    tags: value('tags'),
    expected: value('expected'),
  }
}

function readLine(draft: Draft, all: readonly Draft[], surroundings: ManifestSurroundings): ManifestLine {
  const { line, of } = draft
  const operations = readOperations(of.operations)
  const expiry = readExpiry(of.expiry, surroundings.now)
  const tags = readTags(of.tags)
  const expected = readExpected(of.expected)
  const problems = [
    ...(draft.surplus ? ['The line has more cells than there are columns; put texts with commas between quotes.'] : []),
    ...problemsOfFile(of.file, all, surroundings),
    ...problemsOfName(of.name, all),
    ...[operations, expiry, tags, expected].flatMap((part) => (part.ok ? [] : [part.error])),
  ]
  if (problems.length > 0 || !operations.ok || !expiry.ok || !tags.ok || !expected.ok) {
    return { line, file: of.file, problems }
  }
  const row = { keyOps: operations.value, expiresAt: expiry.value, tags: tags.value, expectedSha256: expected.value }
  return { line, file: of.file, row: { file: of.file, name: of.name, ...row } }
}

function problemsOfFile(file: string, all: readonly Draft[], { fileNames }: ManifestSurroundings): string[] {
  if (file === '') return ['The line names no file.']
  if (all.filter(({ of }) => of.file === file).length > 1) return [`The file ${file} stands on more than one line.`]
  const found = fileNames.filter((name) => name === file).length
  if (found > 1) return [`There are ${found} files named ${file}: which of them is meant can’t be told.`]
  return found === 1 ? [] : [`There is no file ${file} among those that were chosen.`]
}

/** Names of keys compare without case. */
function problemsOfName(name: string, all: readonly Draft[]): string[] {
  if (!KEY_NAME_PATTERN.test(name)) return ['The name must have letters, digits and hyphens, 1 to 127 characters.']
  const equals = all.filter(({ of }) => of.name.toLowerCase() === name.toLowerCase())
  return equals.length > 1 ? [`The name ${name} stands on more than one line: each import is a key of its own.`] : []
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
