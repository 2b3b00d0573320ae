import 'server-only'
import { currentRequest } from './current-request'
import type { FailurePlaces } from './failure-places'

export type LogLevel = 'info' | 'warn' | 'error'

/** What a line may hold: ids, codes, counts and names of our own. No name of a person or a key, no text of anybody's. */
export interface LogFacts extends FailurePlaces {
  requestId?: string
  /** A route's pattern or an action's name, never an address as it was asked for. */
  route?: string
  method?: string
  status?: number
  ms?: number
  personId?: string
  action?: string
  /** `ok`, or a problem's code. */
  outcome?: string
  /** Which part of this console, in our own words. */
  where?: string
  digest?: string
  job?: string
  port?: number
  /** A sentence of our own, about settings. */
  words?: string
}

/** In this order, and nothing else: whatever a caller's object holds beside these stays out. */
const FIELDS = [
  'requestId',
  'method',
  'route',
  'action',
  'status',
  'outcome',
  'ms',
  'personId',
  'where',
  'job',
  'port',
  'name',
  'code',
  'digest',
  'at',
  'cause',
  'words',
] as const satisfies readonly (keyof LogFacts)[]

/** One line of JSON on standard output. What the request that is being answered knows of itself is added. */
export function log(level: LogLevel, event: string, facts: LogFacts = {}): void {
  process.stdout.write(`${lineOf(level, event, { ...ofRequest(), ...facts }, new Date())}\n`)
}

export function lineOf(level: LogLevel, event: string, facts: LogFacts, at: Date): string {
  const line: Record<string, unknown> = { time: at.toISOString(), level, event }
  for (const field of FIELDS) if (facts[field] !== undefined) line[field] = facts[field]
  return JSON.stringify(line)
}

function ofRequest(): LogFacts {
  const request = currentRequest()
  if (!request) return {}
  const { requestId, personId } = request
  return { requestId, ...(personId ? { personId } : {}) }
}
