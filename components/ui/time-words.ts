/** Each with its seconds; the largest that fits is taken, years from two on: what expires in almost two is not "in 1 year". */
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** "in 3 days", "2 hours ago", "just now". Milliseconds from now; the past is negative. */
export function relativeWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (Math.abs(seconds) < 5) return 'just now'
  const unit = units.find(([name, size]) => Math.abs(seconds) >= (name === 'year' ? 2 : 1) * size) ?? units[5]
  return relative.format(Math.trunc(seconds / unit[1]), unit[0])
}

/** `2026-11-22 10:02:09 UTC`; seconds only where they matter. */
export function utcWords(at: Date, withSeconds = false): string {
  return `${at
    .toISOString()
    .slice(0, withSeconds ? 19 : 16)
    .replace('T', ' ')} UTC`
}

/** The same of an ISO 8601 time in UTC, as `toISOString` writes it: for long lists, which need no `Date` for that. */
export function utcWordsOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

const zoneNames = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })

/** The same in the reader's zone, with the zone's name: `2026-11-22 11:02 CET`. */
export function localWords(at: Date, withSeconds = false): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}${withSeconds ? `:${two(at.getSeconds())}` : ''}`
  const parts = zoneNames.formatToParts(at)
  return `${day} ${clock} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? ''}`.trim()
}

/** What is left, in its two largest units: "3 d 4 h", "4 h 12 min", "12 min", "42 s". */
export function remainingWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return days < 10 && hours > 0 ? `${days} d ${hours} h` : `${days} d`
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}
