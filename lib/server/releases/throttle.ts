import 'server-only'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'

/** The service asked to be left alone for a while, and is. */
export class Throttled extends Error {
  override readonly name = 'Throttled'
}

export interface Throttle {
  /** Throws Throttled while the service has to be left alone. */
  check(): void
  /** Looks at each answer. */
  policy: PipelinePolicy
}

/** Milliseconds, where the service does not say how long. */
const UNSAID = 60_000
/** However long it says, after an hour it is asked again. */
const LONGEST = 3_600_000

/** Remembers the `Retry-After` of a 429 or 503: seconds, or a date. `now` is in milliseconds. */
export function throttle(now: () => number = Date.now): Throttle {
  let until = 0
  return {
    check() {
      if (now() < until) throw new Throttled()
    },
    policy: {
      name: 'throttle',
      async sendRequest(request, next) {
        const response = await next(request)
        if (response.status === 429 || response.status === 503)
          until = now() + waitOf(response.headers.get('retry-after'), now())
        return response
      },
    },
  }
}

function waitOf(header: string | undefined, now: number): number {
  if (header === undefined) return UNSAID
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? UNSAID : Math.min(Math.max(wait, 0), LONGEST)
}
