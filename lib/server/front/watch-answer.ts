import 'server-only'
import type { ServerResponse } from 'node:http'
import type { CurrentRequest } from '../log/current-request'
import { log } from '../log/log'
import { instruments } from '../metrics/instruments'
import { observeRequest } from '../metrics/observe'
import { STATIC_FILES } from './route-patterns'

/** Whoever asked was gone before the answer was out; nginx' number for it. */
const GONE = 499

export interface WatchedAnswer {
  method: string
  /** A pattern, never an address. */
  route: string
  request: CurrentRequest
}

/** One observation and one line for each answer's end; of static files only the observation. */
export function watchAnswer(res: ServerResponse, { method, route, request }: WatchedAnswer): void {
  const startedAt = performance.now()
  instruments().requestsUnderWay.inc()
  res.once('close', () => {
    const ms = performance.now() - startedAt
    const status = res.writableFinished ? res.statusCode : GONE
    instruments().requestsUnderWay.dec()
    observeRequest({ method, route, status, ms })
    if (route === STATIC_FILES) return
    log(status >= 500 ? 'error' : 'info', 'request', { ...request, method, route, status, ms: Math.round(ms) })
  })
}
