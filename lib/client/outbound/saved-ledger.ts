import type { Ledger } from './ledger-store'

/** What the list is, and what it is not: stands beside it wherever it is shown or saved. */
export const LEDGER_WORDS =
  'Every request that this page has made since the file was chosen, as the browser lists them, with size and SHA-256 of each body that its scripts sent. It shows what this page did. It proves nothing against a server that altered the page: the offline sealer, which is one file without a connection, does.'

/** The list as a file, to be kept with the ceremony record. */
export function ledgerAsJson({ openedAt, rows, notListed }: Ledger, origin: string): string {
  const requests = rows.map(({ at, url, initiator, method, body, listed }) => ({
    at: new Date(performance.timeOrigin + at).toISOString(),
    url,
    initiator,
    method,
    body,
    listedByBrowser: listed,
  }))
  const ledger = { schema: 'drawbridge/outbound-ledger/1', origin, about: LEDGER_WORDS, openedAt, requests, notListed }
  return `${JSON.stringify(ledger, null, 2)}\n`
}
