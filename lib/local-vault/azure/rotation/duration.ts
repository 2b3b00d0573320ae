import type { UnixSeconds } from '../../store/records'

/** An ISO 8601 duration, `P1Y2M10DT2H30M`. Weeks stand alone (`P2W`). */
type Duration = { years: number; months: number; days: number; seconds: number }

const pattern =
  /^P(?!$)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?!$)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/

const secondsPerDay = 86_400

/** Undefined for what is no duration, or none of any length. */
export function parseDuration(text: string): Duration | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0))
  const duration = { years, months, days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds }
  return Object.values(duration).some((part) => part > 0) ? duration : undefined
}

/** For comparison with a minimum: a month counts 30 days, a year 365. */
export function roughDays({ years, months, days, seconds }: Duration): number {
  return years * 365 + months * 30 + days + seconds / secondsPerDay
}

/** By the calendar, in UTC; the 31st of a shorter month is its last day. */
export function addDuration(at: UnixSeconds, duration: Duration, sign: 1 | -1 = 1): UnixSeconds {
  const date = new Date(at * 1000)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + sign * (duration.years * 12 + duration.months)
  const [year, month] = [Math.floor(months / 12), months - Math.floor(months / 12) * 12]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const midnight = Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) / 1000
  const sinceMidnight = ((at % secondsPerDay) + secondsPerDay) % secondsPerDay
  return midnight + sinceMidnight + sign * (duration.days * secondsPerDay + duration.seconds)
}
