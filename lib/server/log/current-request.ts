import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { keptInProcess } from '../kept'

/** What is known of the request that is being answered: set by the front, told more by the doors. */
export interface CurrentRequest {
  /** On the answer as X-Request-Id, in every problem and every line of the log. */
  readonly requestId: string
  /** Known as soon as the session row was read. */
  personId?: string
}

const running = () => keptInProcess('request', () => new AsyncLocalStorage<CurrentRequest>())

/** Everything that `work` does and starts belongs to this request. */
export function withinRequest<T>(request: CurrentRequest, work: () => T): T {
  return running().run(request, work)
}

/** undefined outside a request: in jobs, at boot, in tests of a service. */
export function currentRequest(): CurrentRequest | undefined {
  return running().getStore()
}

/** The id under which people and the log find this request; where there is none, one for what is being done. */
export function newRequestId(): string {
  return currentRequest()?.requestId ?? randomUUID()
}

/** The door says who it is. */
export function requestIsOf(personId: string): void {
  const request = currentRequest()
  if (request) request.personId = personId
}
