import type { AuditEventType, AuditPhase } from './event'

/** What a sentence is made of; the rest of an event is shown beside it. */
export interface DescribedEvent {
  type: AuditEventType
  phase: AuditPhase
  actorName: string | null
  vaultName: string | null
  keyName: string | null
  keyVersion: string | null
  code: string | null
  details: unknown
}

/** The same, at hand for a sentence. */
export type Told = Pick<DescribedEvent, 'phase' | 'code' | 'actorName'> & {
  who: string
  key: string
  vault: string
  fact: FactReader
  count: CountReader
}
export type FactReader = (name: string) => string | undefined
export type CountReader = (name: string) => number | undefined

function keyWords({ keyName, keyVersion }: DescribedEvent): string {
  if (!keyName) return 'a key'
  return keyVersion ? `${keyName}, version ${keyVersion.slice(0, 8)}…,` : keyName
}

export function toldBy(event: DescribedEvent): Told {
  return {
    phase: event.phase,
    code: event.code,
    actorName: event.actorName,
    who: event.actorName ?? 'Drawbridge',
    key: keyWords(event),
    vault: event.vaultName ?? 'a vault',
    fact: factsOf(event.details),
    count: countsOf(event.details),
  }
}

export function sentence(words: string): string {
  return `${words.replace(/,$/, '')}.`
}

export function codeWords(code: string | null): string {
  return code ? ` (${code})` : ''
}

export function reasonWords({ fact }: Told): string {
  const reason = fact('reason')
  return reason ? `, giving the reason “${reason}”` : ''
}

/** Facts stand in `facts` for operations and at the top for everything else. */
function factsOf(details: unknown): FactReader {
  const top = asRecord(details)
  const inner = asRecord(top.facts)
  return (name) => {
    const value = inner[name] ?? top[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}

function countsOf(details: unknown): CountReader {
  const top = asRecord(details)
  return (name) => (typeof top[name] === 'number' ? top[name] : undefined)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
