import { addDuration, parseDuration } from '../../azure/rotation/duration'
import { semantic } from './query-problem'
import type { TimeRange } from './read-records'

const everything: TimeRange = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** `timespan`: a duration up to now, or two of start, end and duration with a slash between (ISO 8601). None is all time. */
export function readTimeRange(timespan: string | null | undefined, now: number): TimeRange {
  if (!timespan) return everything
  const [first = '', second] = timespan.split('/')
  if (second === undefined) return before(now, first)
  if (first.startsWith('P')) return before(readMoment(second), first)
  const from = readMoment(first)
  return { from, to: second.startsWith('P') ? shifted(from, second, 1) : readMoment(second) }
}

function before(to: number, duration: string): TimeRange {
  return { from: shifted(to, duration, -1), to }
}

function shifted(ms: number, text: string, sign: 1 | -1): number {
  const duration = parseDuration(text)
  if (!duration) throw semantic('The timespan is not valid.')
  return addDuration(ms / 1000, duration, sign) * 1000
}

function readMoment(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw semantic('The timespan is not valid.')
  return ms
}
