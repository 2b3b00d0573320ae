import 'server-only'
import type { Allowance, Taken } from './rate-limit'

/** More buckets than a console has sessions: what is full again is forgotten first. */
const MOST_BUCKETS = 10_000

/**
 * An allowance counted in this process alone, for reads: they are too many to write a row for each. Several consoles let
 * that many times as much through.
 */
export function ownAllowance({ burst, perMs }: Allowance, now: () => number = () => performance.now()) {
  const fullUntil = new Map<string, number>()

  function forgetFull(at: number): void {
    for (const [bucket, until] of fullUntil) if (until <= at) fullUntil.delete(bucket)
    if (fullUntil.size >= MOST_BUCKETS) fullUntil.clear()
  }

  return (bucket: string): Taken => {
    const at = now()
    if (!fullUntil.has(bucket) && fullUntil.size >= MOST_BUCKETS) forgetFull(at)
    const from = Math.max(fullUntil.get(bucket) ?? at, at)
    const wait = from - at - (burst - 1) * perMs
    if (wait > 0) return { ok: false, retryAfterMs: Math.ceil(wait) }
    fullUntil.set(bucket, from + perMs)
    return { ok: true }
  }
}
