import { badParameter, Fault, noSuchResource } from './fault'

export type OperationName =
  | 'create'
  | 'import'
  | 'get'
  | 'update'
  | 'list'
  | 'list-versions'
  | 'delete'
  | 'list-deleted'
  | 'get-deleted'
  | 'recover'
  | 'purge'
  | 'rotate'
  | 'get-rotation-policy'
  | 'set-rotation-policy'
  | 'backup'
  | 'restore'
  | 'sign'
  | 'verify'
  | 'encrypt'
  | 'decrypt'
  | 'wrapkey'
  | 'unwrapkey'
  | 'random-bytes'
  | 'attestation'
  | 'release'

type Route = { operation: OperationName; method: string; path: string }

/** Fixed words stand before `:version`, so that `keys/x/versions` is never taken for a version. */
export const routes: readonly Route[] = [
  { operation: 'list', method: 'GET', path: 'keys' },
  { operation: 'get', method: 'GET', path: 'keys/:name' },
  { operation: 'import', method: 'PUT', path: 'keys/:name' },
  { operation: 'update', method: 'PATCH', path: 'keys/:name' },
  { operation: 'delete', method: 'DELETE', path: 'keys/:name' },
  { operation: 'create', method: 'POST', path: 'keys/:name/create' },
  { operation: 'import', method: 'POST', path: 'keys/:name/import' },
  { operation: 'restore', method: 'POST', path: 'keys/restore' },
  { operation: 'rotate', method: 'POST', path: 'keys/:name/rotate' },
  { operation: 'backup', method: 'POST', path: 'keys/:name/backup' },
  { operation: 'get-rotation-policy', method: 'GET', path: 'keys/:name/rotationpolicy' },
  { operation: 'set-rotation-policy', method: 'PUT', path: 'keys/:name/rotationpolicy' },
  { operation: 'list-versions', method: 'GET', path: 'keys/:name/versions' },
  { operation: 'attestation', method: 'GET', path: 'keys/:name/attestation' },
  { operation: 'attestation', method: 'GET', path: 'keys/:name/:version/attestation' },
  { operation: 'get', method: 'GET', path: 'keys/:name/:version' },
  { operation: 'update', method: 'PATCH', path: 'keys/:name/:version' },
  ...(['sign', 'verify', 'encrypt', 'decrypt', 'wrapkey', 'unwrapkey', 'release'] as const).flatMap((operation) => [
    { operation, method: 'POST', path: `keys/:name/${operation}` },
    { operation, method: 'POST', path: `keys/:name/:version/${operation}` },
  ]),
  { operation: 'random-bytes', method: 'POST', path: 'rng' },
  { operation: 'list-deleted', method: 'GET', path: 'deletedkeys' },
  { operation: 'get-deleted', method: 'GET', path: 'deletedkeys/:name' },
  { operation: 'purge', method: 'DELETE', path: 'deletedkeys/:name' },
  { operation: 'recover', method: 'POST', path: 'deletedkeys/:name/recover' },
]

export type Match = { operation: OperationName; name: string; version: string | undefined }

/** Finds the operation. Empty segments (trailing and double slashes) are skipped, fixed words compare without case. */
export function matchRoute(method: string, pathname: string): Match {
  const segments = decodeSegments(pathname)
  const candidates = routes.filter((route) => fits(route.path.split('/'), segments))
  const route = candidates.find((candidate) => candidate.method === method)
  if (route) return { operation: route.operation, ...bind(route.path.split('/'), segments) }
  if (candidates.length > 0)
    throw new Fault(405, 'MethodNotAllowed', `The method ${method} is not allowed on this resource.`)
  throw noSuchResource()
}

function decodeSegments(pathname: string): string[] {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    throw badParameter('The request URI is malformed.')
  }
}

function fits(pattern: string[], segments: string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((word, at) => word.startsWith(':') || word === segments[at]?.toLowerCase())
  )
}

function bind(pattern: string[], segments: string[]): { name: string; version: string | undefined } {
  return { name: segments[pattern.indexOf(':name')] ?? '', version: segments[pattern.indexOf(':version')] }
}
