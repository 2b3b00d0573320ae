import { appendFileSync, closeSync, existsSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from '../private-file'
import { dropHalfLine } from './audit-folder'

/** A record that is to be written at `at` (milliseconds by the installation's clock). */
export type HeldRecord = { at: number; path: string; line: string }

/** Records that wait for their time, in a file until they are written: a killed process loses none, but may write one twice. */
export type HeldRecords = {
  hold(record: HeldRecord): void
  /** Takes those that are due, the earliest first, and forgets each when `write` returned. */
  writeDue(now: number, write: (record: HeldRecord) => void): void
  /** When the next one is due. */
  next(): number | undefined
  close(): void
}

const lineSchema = z.union([
  z.object({ id: z.int(), at: z.number(), path: z.string(), line: z.string() }),
  z.object({ written: z.int() }),
])

export function openHeldRecords(dataFolder: string): HeldRecords {
  const path = join(dataFolder, 'audit-held.jsonl')
  const held = new Map([...readHeld(path)].map((record, id) => [id, record]))
  writePrivateFile(path, [...held].map(([id, record]) => `${JSON.stringify({ id, ...record })}\n`).join(''))
  const file = openSync(path, 'a', 0o600)
  let nextId = held.size

  return {
    hold(record) {
      const id = nextId++
      appendFileSync(file, `${JSON.stringify({ id, ...record })}\n`)
      held.set(id, record)
    },
    writeDue(now, write) {
      const due = [...held].filter(([, { at }]) => at <= now).sort(([, one], [, other]) => one.at - other.at)
      for (const [id, record] of due) {
        write(record)
        held.delete(id)
        appendFileSync(file, `${JSON.stringify({ written: id })}\n`)
      }
      if (held.size === 0) ftruncateSync(file, 0)
    },
    next() {
      let earliest: number | undefined
      for (const { at } of held.values()) earliest = Math.min(earliest ?? at, at)
      return earliest
    },
    close: () => closeSync(file),
  }
}

function readHeld(path: string): IterableIterator<HeldRecord> {
  const held = new Map<number, HeldRecord>()
  for (const line of existsSync(path) ? wholeLines(path) : []) {
    const entry = lineSchema.parse(JSON.parse(line))
    if ('written' in entry) held.delete(entry.written)
    else held.set(entry.id, { at: entry.at, path: entry.path, line: entry.line })
  }
  return held.values()
}

function wholeLines(path: string): string[] {
  const file = openSync(path, 'r+')
  dropHalfLine(file)
  closeSync(file)
  return readFileSync(path, 'utf8').split('\n').filter(Boolean)
}
