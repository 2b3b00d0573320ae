export type LogHour = { vault: string /** Start of the hour, ISO 8601 in UTC. */; hour: string }

const PATH = /resourceId=(?<id>.+)\/y=(?<y>\d{4})\/m=(?<m>\d\d)\/d=(?<d>\d\d)\/h=(?<h>\d\d)\/m=\d\d\/[^/]+$/i

/** What Azure Monitor's path tells of a file: whose records of which hour. Month and minute are both spelled `m=`. */
export function readLogPath(path: string): LogHour | null {
  const { id, y, m, d, h } = PATH.exec(path)?.groups ?? {}
  const vault = id?.split('/').filter(Boolean).at(-1)?.toLowerCase()
  const hour = new Date(`${y}-${m}-${d}T${h}:00:00.000Z`)
  return vault && !Number.isNaN(hour.getTime()) ? { vault, hour: hour.toISOString() } : null
}
