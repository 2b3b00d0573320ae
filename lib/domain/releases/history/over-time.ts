import { LOG_DECISIONS, type LogDecision } from './vault-log-record'

export type Counts = Record<LogDecision, number>

/** What is counted by day: of one of the keys that stand by themselves (`key` not null), or of all others together. */
export interface DayCount {
  /** `2026-11-22`, UTC; where `isByHour`, the hour: `2026-11-22T13:00Z`. */
  day: string
  /** From 1, the most released first. */
  key: { place: number; vault: string; name: string } | null
  decision: LogDecision
  count: number
}

export interface KeyOverTime {
  key: { vault: string; name: string } | null
  totals: Counts
  /** One for each start. */
  counts: Counts[]
}

export type TimeStep = 'hour' | 'day' | 'week' | 'month' | 'year'

/** Releases over time, for a picture and the table beside it. */
export interface ReleasesOverTime {
  step: TimeStep
  /** First days of the steps, or hours, oldest first. */
  starts: string[]
  /** Last day, or hour. */
  end: string
  keys: KeyOverTime[]
}

/** More than so many steps are not told apart on a screen: then the next longer one is taken. */
const MOST_STEPS = 62
const DAY_MS = 86_400_000
/** A period of so many days is told by the hour. */
const MOST_DAYS_BY_HOUR = 3

/** Days, both of them included; null where open. */
export type Period = { from: string | null; to: string | null }

export function isByHour({ from, to }: Period): boolean {
  return from !== null && to !== null && from <= to && daysOf(from, to) <= MOST_DAYS_BY_HOUR
}

function hoursOf(from: string, to: string): string[] {
  return Array.from({ length: daysOf(from, to) * 24 }, (_, hour) =>
    new Date(Date.parse(from) + hour * 3_600_000).toISOString().replace(':00.000Z', 'Z'),
  )
}

const daysOf = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1

/**
 * Whole steps without a hole: of a short period all of its days, else from the first day that has a call to the last one.
 * null where nothing is counted.
 */
export function overTime(days: readonly DayCount[], period: Period): ReleasesOverTime | null {
  if (days.length > 0 && period.from !== null && period.to !== null && isByHour(period)) {
    const starts = hoursOf(period.from, period.to)
    return { step: 'hour', starts, end: starts.at(-1) ?? '', keys: seriesOf(days, starts, (hour) => hour) }
  }
  const sorted = days.map(({ day }) => day).sort()
  const [oldest, newest] = [sorted[0], sorted.at(-1)]
  if (oldest === undefined || newest === undefined) return null
  const [first, last] = shownOf(period) ?? [oldest, newest]
  const step = stepFor(first, last)
  // Times of other centuries are a broken clock's: only the years that have a call, then, and the newest of them.
  const starts =
    startsOf(step, first, last) ?? [...new Set(sorted.map((day) => startOf(day, step)))].sort().slice(-MOST_STEPS)
  return { step, starts, end: last, keys: seriesOf(days, starts, (day) => startOf(day, step)) }
}

/** What is counted, by key, the most released first, and by step. */
function seriesOf(
  days: readonly DayCount[],
  starts: readonly string[],
  stepOf: (day: string) => string,
): KeyOverTime[] {
  const keys = new Map<number, KeyOverTime>()
  const indexOf = new Map(starts.map((start, index) => [start, index]))
  for (const { day, key, decision, count } of days.toSorted((one, other) => placeOf(one) - placeOf(other))) {
    const index = indexOf.get(stepOf(day))
    const series = keys.get(placeOf({ key })) ?? emptySeries(key, starts.length)
    keys.set(placeOf({ key }), series)
    const counts = index === undefined ? undefined : series.counts[index]
    if (!counts) continue
    counts[decision] += count
    series.totals[decision] += count
  }
  return [...keys.values()]
}

export function sumOf(counts: Counts): number {
  return LOG_DECISIONS.reduce((sum, decision) => sum + counts[decision], 0)
}

const placeOf = ({ key }: Pick<DayCount, 'key'>) => key?.place ?? Number.MAX_SAFE_INTEGER

function emptySeries(key: DayCount['key'], steps: number): KeyOverTime {
  const none = (): Counts => ({ allowed: 0, denied: 0, failed: 0 })
  return {
    key: key && { vault: key.vault, name: key.name },
    totals: none(),
    counts: Array.from({ length: steps }, none),
  }
}

function shownOf({ from, to }: Period): [string, string] | null {
  return from !== null && to !== null && stepFor(from, to) === 'day' ? [from, to] : null
}

type Days = Exclude<TimeStep, 'hour'>

function stepFor(first: string, last: string): Days {
  const days = daysOf(first, last)
  if (days <= MOST_STEPS) return 'day'
  if (days <= (MOST_STEPS - 1) * 7) return 'week'
  return days <= (MOST_STEPS - 1) * 30 ? 'month' : 'year'
}

function startsOf(step: Days, first: string, last: string): string[] | null {
  const starts: string[] = []
  for (let start = startOf(first, step); start <= last; start = nextStart(start, step)) {
    if (starts.length === MOST_STEPS) return null
    starts.push(start)
  }
  return starts
}

/** Weeks begin on Monday. */
function startOf(day: string, step: Days): string {
  if (step === 'day') return day
  if (step === 'month') return `${day.slice(0, 7)}-01`
  if (step === 'year') return `${day.slice(0, 4)}-01-01`
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  return dayOf(Date.parse(day) - weekday * DAY_MS)
}

function nextStart(start: string, step: Days): string {
  const longest = { day: 1, week: 7, month: 31, year: 366 }[step]
  return startOf(dayOf(Date.parse(start) + longest * DAY_MS), step)
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
