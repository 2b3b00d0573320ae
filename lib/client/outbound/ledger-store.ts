import { joinRequests, type LedgerRow, type Requested } from './join-requests'
import type { Sent, SentBody } from './sent'

/** More than a ceremony makes; beyond it requests are counted, not listed. */
const ROWS_AT_MOST = 1000

/** Every request of this page since a file was chosen. */
export interface Ledger {
  /** ISO 8601. */
  openedAt: string
  rows: readonly LedgerRow[]
  /** Requests beyond those that are listed. */
  notListed: number
}

let openedAt: string | null = null
let sent: Sent[] = []
let requested: Requested[] = []
let notListed = 0
let nextId = 0
let shown: Ledger | null = null
let observer: PerformanceObserver | undefined
const listeners = new Set<() => void>()

export const isRecording = (): boolean => openedAt !== null

/** Begins a new ledger: a file was chosen. */
export function openLedger(): void {
  closeLedger()
  openedAt = new Date().toISOString()
  observer = new PerformanceObserver((list) => noteRequests(list.getEntriesByType('resource')))
  observer.observe({ type: 'resource' })
  changed()
}

/** Ends it, and forgets what was listed. */
export function closeLedger(): void {
  observer?.disconnect()
  observer = undefined
  openedAt = null
  sent = []
  requested = []
  notListed = 0
  changed()
}

export function noteSent(call: Pick<Sent, 'how' | 'method' | 'url'>, body: SentBody): number {
  nextId += 1
  const url = call.url.split('#')[0] ?? call.url
  if (sent.length < ROWS_AT_MOST) sent.push({ ...call, id: nextId, url, at: performance.now(), body })
  else notListed += 1
  changed()
  return nextId
}

export function settleBody(id: number, body: SentBody): void {
  sent = sent.map((call) => (call.id === id ? { ...call, body } : call))
  changed()
}

function noteRequests(entries: PerformanceEntryList): void {
  for (const entry of entries) {
    if (!(entry instanceof PerformanceResourceTiming)) continue
    const request = { url: entry.name, initiator: entry.initiatorType, at: entry.startTime }
    if (requested.length < ROWS_AT_MOST) requested.push(request)
    else notListed += 1
  }
  changed()
}

function changed(): void {
  shown = openedAt === null ? null : { openedAt, rows: joinRequests(sent, requested), notListed }
  for (const listener of listeners) listener()
}

export const readLedger = (): Ledger | null => shown

export function subscribeLedger(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
