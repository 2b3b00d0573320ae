import 'server-only'
import { placesOf } from '../log/failure-places'
import { log } from '../log/log'

/** Where something was thrown, in our own words; and the request's id, where there is one. */
export interface FailureFacts {
  where: string
  requestId: string
}

/** One line by an allow-list: name, code, and the stack's places. Its words may hold anything, so never them. */
export function logFailure(error: unknown, { where, requestId }: FailureFacts): void {
  log('error', 'failure', { where, requestId, ...placesOf(error) })
}
