import 'server-only'
import { randomUUID } from 'node:crypto'

export const REQUEST_ID_HEADER = 'x-request-id'

/** What a proxy of ours may have given: letters, digits and dashes, as UUIDs, ULIDs and nginx's $request_id are. */
const READABLE = /^[A-Za-z0-9-]{16,64}$/

/** One from a trusted proxy is kept, so that its log and ours tell of the same request; anybody else's is replaced. */
export function requestIdFor(given: string | string[] | undefined, isFromTrustedProxy: boolean): string {
  return isFromTrustedProxy && typeof given === 'string' && READABLE.test(given) ? given : randomUUID()
}
