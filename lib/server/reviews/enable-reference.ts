import 'server-only'
import type { RequestedAct } from '../db/generated/client'

const PREFIXES = { enable: 'ENA', change_policy: 'POL' } as const satisfies Record<RequestedAct, string>

/** A short reference for people, as imports have one: eight characters of the request's own id after what it asks for. */
export function requestReference({ id, act }: { id: string; act: RequestedAct }): string {
  const digits = id.replaceAll('-', '').slice(0, 8).toUpperCase()
  return `${PREFIXES[act]}-${digits.slice(0, 4)}-${digits.slice(4)}`
}
