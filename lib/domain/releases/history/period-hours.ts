import type { HourSpan } from './views'

const HOUR_MS = 3_600_000

/**
 * The hours of a period as runs, oldest first: with a file, or without. `hours` are starts of hours in milliseconds. The hour
 * that is under way at `now` and what comes after it are none yet.
 */
export function periodHours(hours: readonly number[], period: { since: Date; until: Date }, now: Date): HourSpan[] {
  const start = Math.floor(period.since.getTime() / HOUR_MS) * HOUR_MS
  const end = Math.min(period.until.getTime() + 1, Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const has = new Set(hours)
  const runs: { kind: HourSpan['kind']; from: number; to: number }[] = []
  for (let hour = start; hour < end; hour += HOUR_MS) {
    const kind = has.has(hour) ? 'read' : 'gap'
    const last = runs.at(-1)
    if (last?.kind === kind) last.to = hour + HOUR_MS
    else runs.push({ kind, from: hour, to: hour + HOUR_MS })
  }
  return runs.map(({ kind, from, to }) => ({
    ...{ kind, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    hours: (to - from) / HOUR_MS,
  }))
}
