import { isJsonObject, memberOf } from '../json-object'
import { readLogRecord } from './read-log-record'
import type { AsideReason, VaultLogRecord } from './vault-log-record'

/** What one piece of a log came to. Text of what is kept aside is the caller's to cut. */
export type LogReading = { records: VaultLogRecord[]; aside: { reason: AsideReason; text: string }[] }

/** Characters; a real record has about two thousand. */
export const MAX_RECORD_LENGTH = 1024 * 1024

/** One JSON object a line, as live append blobs hold them. Nothing throws: a bad line is kept aside. */
export function readLogLines(lines: Iterable<string>): LogReading {
  const reading: LogReading = { records: [], aside: [] }
  for (const line of lines) {
    const text = line.trim()
    if (text === '') continue
    if (text.length > MAX_RECORD_LENGTH) reading.aside.push({ reason: 'too-long', text })
    else readLine(text, reading)
  }
  return reading
}

/** `{"records":[…]}`, an array, or one record: a file that is read as a whole. undefined: it is none of these (yet). */
export function readLogDocument(text: string): LogReading | undefined {
  const parsed = parse(text)
  if (!parsed.ok) return undefined
  const list = listOf(parsed.value)
  const reading: LogReading = { records: [], aside: [] }
  for (const each of list ?? [parsed.value]) readValue(each, () => written(each), reading)
  return reading
}

/** Whether a file is read by lines or as a whole, by how it begins; undefined while that can't be told. */
export function shapeOf(beginning: string): 'lines' | 'document' | undefined {
  const text = beginning.replace(/^\uFEFF/, '').trimStart()
  const end = text.indexOf('\n')
  if (text === '') return undefined
  if (text.startsWith('[') || /^\{\s*"records"\s*:/.test(text)) return 'document'
  if (end < 0) return undefined
  if (text.slice(0, end).trim() !== '{') return 'lines'
  // An object over several lines goes on with a member; a line that was cut after its first character, with the next line.
  const rest = text.slice(end).trimStart()
  if (rest === '') return undefined
  return rest.startsWith('{') ? 'lines' : 'document'
}

function readLine(text: string, reading: LogReading): void {
  const parsed = parse(text)
  if (parsed.ok) readValue(parsed.value, () => text, reading)
  else reading.aside.push({ reason: 'not-json', text })
}

function readValue(value: unknown, text: () => string, reading: LogReading): void {
  const read = readLogRecord(value)
  if (!read.ok) reading.aside.push({ reason: read.error, text: text() })
  else if (read.value !== null) reading.records.push(read.value)
}

/** A value as text, empty where it is nested too deep: what is kept aside must never stop what is read. */
export function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch (error) {
    if (error instanceof RangeError) return '' // nested deeper than the engine writes
    throw error
  }
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  const records = isJsonObject(value) ? memberOf(value, 'records') : undefined
  return Array.isArray(records) ? records : undefined
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    // A RangeError: nested deeper than the engine goes.
    if (error instanceof SyntaxError || error instanceof RangeError) return { ok: false }
    throw error
  }
}
