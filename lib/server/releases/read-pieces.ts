import 'server-only'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import {
  type LogReading,
  MAX_RECORD_LENGTH,
  readLogDocument,
  readLogLines,
  shapeOf,
} from '@/lib/domain/releases/history/read-log-text'
import type { LogFileSeen, LogSource } from './log-source'

export type LogShape = 'lines' | 'document'

/** What was read, and up to which byte of the file it is then done. */
export interface LogPiece {
  reading: LogReading
  readTo: number
  shape: LogShape | null
}

/** Bytes of a growing file that are held at once; no record is longer. */
const CHUNK = 4 * MAX_RECORD_LENGTH
/** Bytes of a file that must be held whole, packed or not. */
const MAX_WHOLE = 64 * 1024 * 1024
const EXCERPT = 300
/** Bytes that show most files' shape. */
const BEGINNING = 4 * 1024
const LINE_END = 0x0a

/** What is new in a file since `readTo`. A last line that was written half waits for its end. */
export async function* readPieces(
  source: LogSource,
  file: LogFileSeen,
  known: { readTo: number; shape: LogShape | null },
): AsyncIterable<LogPiece> {
  if (/\.gz$/i.test(file.path)) return yield* packedPieces(source, file)
  // A file that became shorter was replaced: from its beginning, then. What is known already changes nothing.
  const from = known.readTo > file.size ? 0 : known.readTo
  if (from > 0 && known.shape === 'document') return yield* wholePieces(source, file)
  const first = await source.read(file.path, from, Math.min(CHUNK, file.size - from))
  const shape = from > 0 ? known.shape : shapeAtBeginning(first, file)
  if (shape === 'document') yield* wholePieces(source, file)
  else if (shape === 'lines') yield* linePieces(source, file, { from, first })
}

function shapeAtBeginning(first: Buffer, file: LogFileSeen): LogShape | null {
  const shown = shapeOf(first.toString('utf8', 0, BEGINNING))
  if (shown) return shown
  const beginning = first.toString('utf8')
  const shape = shapeOf(beginning)
  if (shape) return shape
  // One line without its end: longer than any record, or whole as it is, or still being written.
  if (file.size >= CHUNK) return 'lines'
  return readLogDocument(beginning) ? 'lines' : null
}

/** Up to the end that was seen: what has come since is the next round's. */
async function* linePieces(
  source: LogSource,
  { path, size }: LogFileSeen,
  { from, first }: { from: number; first: Buffer },
): AsyncIterable<LogPiece> {
  for (let at = from; at < size; ) {
    const bytes = at === from ? first : await source.read(path, at, Math.min(CHUNK, size - at))
    const end = bytes.lastIndexOf(LINE_END) + 1
    if (end > 0) {
      const reading = readLogLines(linesOf(bytes.subarray(0, end)))
      at += end
      yield { reading, readTo: at, shape: 'lines' }
    } else if (bytes.length < CHUNK) {
      const text = bytes.toString('utf8')
      const reading = text.trim() === '' ? undefined : readLogDocument(text)
      if (reading) yield { reading, readTo: at + bytes.length, shape: 'lines' }
      return
    } else {
      const next = await afterLineEnd(source, path, at + CHUNK)
      if (next === undefined) return
      const text = bytes.toString('utf8', 0, EXCERPT)
      yield { reading: { records: [], aside: [{ reason: 'too-long', text }] }, readTo: next, shape: 'lines' }
      at = next
    }
  }
}

/** Of bytes that end with a line's end. One by one, so that none outlives its record: a chunk's text as a whole would be held beside what is read of it. */
function* linesOf(bytes: Buffer): Iterable<string> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, at)
    yield bytes.toString('utf8', at, end)
    at = end + 1
  }
}

async function afterLineEnd(source: LogSource, path: string, from: number): Promise<number | undefined> {
  for (let at = from; ; at += CHUNK) {
    const bytes = await source.read(path, at, CHUNK)
    const end = bytes.indexOf(LINE_END)
    if (end >= 0) return at + end + 1
    if (bytes.length < CHUNK) return undefined
  }
}

async function* wholePieces(source: LogSource, { path, size }: LogFileSeen): AsyncIterable<LogPiece> {
  if (size > MAX_WHOLE) return yield unreadable(size, 'document')
  const bytes = await source.read(path, 0, size)
  const reading = readLogDocument(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  if (reading) yield { reading, readTo: bytes.length, shape: 'document' }
}

async function* packedPieces(source: LogSource, { path, size }: LogFileSeen): AsyncIterable<LogPiece> {
  if (size > MAX_WHOLE) return yield unreadable(size, null)
  const text = await unpack(await source.read(path, 0, size))
  if (text === 'being-written') return
  if (text === 'broken') return yield unreadable(size, null)
  const reading =
    shapeOf(text.value) === 'document' ? readLogDocument(text.value) : readLogLines(text.value.split('\n'))
  yield reading ? { reading, readTo: size, shape: 'document' } : unreadable(size, null)
}

async function unpack(bytes: Buffer): Promise<{ value: string } | 'being-written' | 'broken'> {
  try {
    return { value: (await promisify(gunzip)(bytes, { maxOutputLength: MAX_WHOLE })).toString('utf8') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'Z_BUF_ERROR') return 'being-written'
    if (code === 'Z_DATA_ERROR' || code === 'ERR_BUFFER_TOO_LARGE') return 'broken'
    throw error
  }
}

function unreadable(readTo: number, shape: LogShape | null): LogPiece {
  return { reading: { records: [], aside: [{ reason: 'unreadable-file', text: '' }] }, readTo, shape }
}
