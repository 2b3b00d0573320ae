import 'server-only'
import { AuditUnavailable } from './audit-unavailable'

/** Prisma: unreachable, timed out, closed, pool exhausted, no transaction to be had. */
const PRISMA_CODES: readonly string[] = [
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]
/** PostgreSQL: connection exceptions, insufficient resources (disk full …), operator intervention, I/O errors, read-only. */
const SQLSTATE = /^(?:08|53|57P|58)|^(?:57014|25006|55P03)$/
const SOCKET_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]
const ADAPTER_KINDS: readonly string[] = [
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'DatabaseAccessDenied',
  'AuthenticationFailed',
  'DatabaseDoesNotExist',
  'TlsConnectionError',
]
const PHRASES =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Connection ended|the database system is/i

/** True when the database could not take the record, as opposed to having refused what was asked of it. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (error instanceof AuditUnavailable) return true
  if (typeof error !== 'object' || error === null || depth > 5) return false
  if ('name' in error && error.name === 'PrismaClientInitializationError') return true
  const code = textOf(error, 'code') ?? ''
  if (PRISMA_CODES.includes(code) || SOCKET_CODES.includes(code)) return true
  if (SQLSTATE.test(textOf(error, 'originalCode') ?? code) && code.length === 5 && !code.startsWith('P')) return true
  if (ADAPTER_KINDS.includes(textOf(error, 'kind') ?? '')) return true
  if (PHRASES.test(textOf(error, 'message') ?? '')) return true
  const inner = [memberOf(error, 'cause'), memberOf(error, 'meta'), memberOf(error, 'driverAdapterError')]
  return inner.some((each) => isDatabaseUnavailable(each, depth + 1))
}

function memberOf(value: object, name: string): unknown {
  return name in value ? Reflect.get(value, name) : undefined
}

function textOf(value: object, name: string): string | undefined {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : undefined
}
