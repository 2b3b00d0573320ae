import { cleanText } from './clean-text'

export type LogKey = { origin: string | null; name: string | null; version: string | null }

const PATH = /^\/(?:keys|deletedkeys)\/([^/]+)(?:\/([0-9a-f]{32}))?(?:\/|$)/i

/** The key a call was about: from `properties.id`, else from the address; the version from whichever names it. */
export function readKey(id: unknown, requestUri: unknown): LogKey {
  const [fromId, fromUri] = [partsOf(id), partsOf(requestUri)]
  const name = fromId.name ?? fromUri.name
  const isSameName = fromId.name === null || fromUri.name === null || fromId.name === fromUri.name
  const version = fromId.version ?? (isSameName ? fromUri.version : null)
  return { origin: fromId.origin ?? fromUri.origin, name, version }
}

function partsOf(address: unknown): LogKey {
  const text = typeof address === 'string' ? address.slice(0, 4096) : ''
  if (!URL.canParse(text)) return { origin: null, name: null, version: null }
  const { origin, pathname } = new URL(text)
  const [, written, version] = PATH.exec(pathname) ?? []
  // `/keys/restore` is a door, not a key of that name.
  const isRestore = /^\/keys\/restore\/?$/i.test(pathname)
  const name = written === undefined || isRestore ? null : cleanText(decoded(written), 127)
  return { origin: origin === 'null' ? null : origin.slice(0, 512), name, version: version?.toLowerCase() ?? null }
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch (error) {
    if (error instanceof URIError) return written // then that is what was asked for
    throw error
  }
}
