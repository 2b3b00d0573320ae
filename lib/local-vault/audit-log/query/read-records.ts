import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { auditContainer } from '../record-path'

/** From and to, in milliseconds; both inclusive. */
export type TimeRange = { from: number; to: number }

const recordSchema = z.looseObject({ time: z.string(), resourceId: z.string() })

/** One record as it lies in its file. */
export type StoredRecord = z.infer<typeof recordSchema>

const hourMs = 3_600_000

/** The records of a time range, in the order of their files and lines. `auditFolder` is what holds the container. */
export function readRecords(auditFolder: string, { from, to }: TimeRange): StoredRecord[] {
  const root = join(auditFolder, auditContainer)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const hour = hourOf(path)
    return hour !== undefined && hour + hourMs > from && hour <= to
  })
  return files.sort().flatMap((path) => readFile(join(root, path)).filter(({ time }) => isWithin(time, from, to)))
}

function isWithin(time: string, from: number, to: number): boolean {
  const at = Date.parse(time)
  return at >= from && at <= to
}

function hourOf(path: string): number | undefined {
  const [, ...parts] = /y=(\d{4,})\/m=(\d\d)\/d=(\d\d)\/h=(\d\d)\/m=00\/PT1H\.json$/.exec(path) ?? []
  const [year, month, day, hour] = parts.map(Number)
  if (year === undefined || month === undefined) return undefined
  return Date.UTC(year, month - 1, day, hour)
}

/** Whole lines; the last one may be about to be written. */
function readFile(path: string): StoredRecord[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => recordSchema.parse(JSON.parse(line)))
}
