import type { HourSpan } from './views'

const HOUR_MS = 3_600_000

/**
 * The hours from the first file to now as runs, newest first. `hours` are starts of hours in milliseconds, in any order.
 * The hour that is under way is no gap: its file comes with its first record.
 */
export function hourSpans(hours: readonly number[], now: number): HourSpan[] {
  const sorted = [...new Set(hours)].sort((one, other) => one - other)
  const spans: { kind: HourSpan['kind']; from: number; to: number }[] = []
  let end = sorted[0]
  for (const hour of sorted) {
    const last = spans.at(-1)
    if (end !== undefined && hour > end) spans.push({ kind: 'gap', from: end, to: hour })
    if (last?.kind === 'read' && last.to === hour) last.to = hour + HOUR_MS
    else spans.push({ kind: 'read', from: hour, to: hour + HOUR_MS })
    end = hour + HOUR_MS
  }
  const thisHour = Math.floor(now / HOUR_MS) * HOUR_MS
  if (end !== undefined && end < thisHour) spans.push({ kind: 'gap', from: end, to: thisHour })
  return spans.reverse().map(({ kind, from, to }) => ({
    ...{ kind, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    hours: (to - from) / HOUR_MS,
  }))
}
