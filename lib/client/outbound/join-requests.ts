import type { Sent, SentBody } from './sent'

/** One entry of the browser's own list of requests, `PerformanceResourceTiming`. */
export interface Requested {
  url: string
  /** What began it: "fetch", "script", "img" … */
  initiator: string
  /** On the clock of `performance.now()`. */
  at: number
}

/** One request of the page: in the browser's list, in what its scripts sent, or in both. */
export interface LedgerRow {
  key: string
  at: number
  url: string
  initiator: string
  /** null: the browser's list does not tell it. */
  method: string | null
  body: SentBody
  /** False: the browser has not listed it (yet): it is under way, or was stopped. */
  listed: boolean
}

const BY_SCRIPT: readonly string[] = ['fetch', 'xmlhttprequest', 'beacon'] satisfies Sent['how'][]
/** The browser's clock is coarse: a request may seem to begin a little before the call that began it. */
const COARSE_MS = 1

/**
 * Joins what the browser lists with what the page's scripts were seen to send. A request that a script began and whose
 * body nobody saw says so; what the browser loads by itself (scripts, pictures, styles) has none.
 */
export function joinRequests(sent: readonly Sent[], requested: readonly Requested[]): LedgerRow[] {
  const open = [...sent]
  const listed = requested.map((request, index): LedgerRow => {
    const match = open.findIndex((call) => isOf(call, request))
    const call = match < 0 ? undefined : open.splice(match, 1)[0]
    const { url, initiator, at } = request
    const unmatched: SentBody = { state: BY_SCRIPT.includes(initiator) ? 'unseen' : 'none' }
    return {
      key: `listed-${index}`,
      at,
      url,
      initiator,
      method: call?.method ?? null,
      body: call?.body ?? unmatched,
      listed: true,
    }
  })
  const unlisted = open.map(({ id, how, ...call }): LedgerRow => {
    return { key: `sent-${id}`, initiator: how, listed: false, ...call }
  })
  return [...listed, ...unlisted].sort((a, b) => a.at - b.at)
}

function isOf(call: Sent, request: Requested): boolean {
  return call.how === request.initiator && call.url === request.url && call.at <= request.at + COARSE_MS
}
