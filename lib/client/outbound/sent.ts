/** What was given to a request as its body, as far as it was seen before it left. */
export type SentBody =
  | { state: 'none' }
  | { state: 'reading' }
  | { state: 'seen'; bytes: number; sha256: string }
  /** It holds a password: a hash of it is not kept. */
  | { state: 'withheld'; bytes: number }
  /** A stream, or a form that the browser writes by itself. */
  | { state: 'unseen' }

/** One call of `fetch`, `XMLHttpRequest.send` or `sendBeacon`. */
export interface Sent {
  id: number
  how: 'fetch' | 'xmlhttprequest' | 'beacon'
  method: string
  /** Absolute, without its fragment: as the browser's own list of requests names it. */
  url: string
  /** `performance.now()` of the call, in milliseconds. */
  at: number
  body: SentBody
}
