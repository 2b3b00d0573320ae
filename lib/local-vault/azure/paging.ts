import { z } from 'zod'
import type { Page } from '../store/key-store'
import { badParameter } from './fault'
import { pageSize } from './limits'
import type { VaultCall, VaultReply } from './vault-call'

const markerSchema = z.object({ NextMarker: z.string().regex(/^[0-9a-z-]{1,127}$/), TargetLocation: z.literal(0) })

/** How many entries to look at, and after which one. */
export function readPaging(query: URLSearchParams): { limit: number; after: string | null } {
  return { limit: readMaxResults(query.get('maxresults')), after: readMarker(query.get('$skiptoken')) }
}

function readMaxResults(text: string | null): number {
  if (text === null) return pageSize
  const wanted = Number(text)
  if (!/^\d+$/.test(text) || wanted < 1 || wanted > pageSize)
    throw badParameter(`The value of maxresults must be between 1 and ${pageSize}.`)
  return wanted
}

function readMarker(token: string | null): string | null {
  if (token === null) return null
  try {
    return markerSchema.parse(JSON.parse(Buffer.from(token, 'base64').toString('utf8'))).NextMarker
  } catch {
    throw badParameter('The continuation token is invalid.')
  }
}

/** A page as on the wire. It may be empty and still carry a nextLink; the last has `nextLink: null`. */
export function pageReply<T>(call: VaultCall, path: string, page: Page<T>, toItem: (item: T) => unknown): VaultReply {
  return {
    status: 200,
    body: { value: page.items.map(toItem), nextLink: page.next === null ? null : nextLink(call, path, page.next) },
  }
}

function nextLink(call: VaultCall, path: string, marker: string): string {
  const token = Buffer.from(JSON.stringify({ NextMarker: marker, TargetLocation: 0 })).toString('base64url')
  const maxResults = call.query.get('maxresults')
  const kept = maxResults === null ? '' : `&maxresults=${maxResults}`
  return `${call.origin}/${path}?api-version=${call.query.get('api-version')}&$skiptoken=${token}${kept}`
}
