import type { UnixSeconds, VersionRecord } from '../store/records'
import { throttled } from './fault'
import { keyTypes } from './key-types'
import type { OperationName } from './match-route'
import type { VaultCall, VaultContext } from './vault-call'

// https://learn.microsoft.com/azure/key-vault/general/service-limits: transactions per 10 seconds, per vault and region. Limits
// of different keys are weighted and their sum is enforced: 4,000 of the cheapest fit, and 250 of the dearest count as much.

const windowSeconds = 10

/** Capacity of a bucket per window, in units. */
const capacity = { create: 20, other: 4000 } as const
type Bucket = keyof typeof capacity

/** Release shares the bucket of creation (https://learn.microsoft.com/azure/key-vault/general/overview-throttling); rotation creates. */
const creating: ReadonlySet<string> = new Set(['create', 'rotate', 'release'])

const rsaUnits: Readonly<Record<number, { hsm: number; software: number }>> = {
  2048: { hsm: 4000 / 2000, software: 4000 / 4000 },
  3072: { hsm: 4000 / 500, software: 4000 / 1000 },
  4096: { hsm: 4000 / 250, software: 4000 / 500 },
}

/** Counts a vault's calls and refuses what is too much. Refusals do not count. */
export type Throttle = (operation: OperationName, call: VaultCall) => void

export function createThrottle(vault: VaultContext): Throttle {
  if (vault.settings.kind === 'azure-managed-hsm' || !vault.settings.throttling) return () => undefined
  const spent: Record<Bucket, { since: UnixSeconds; units: number }> = {
    create: { since: 0, units: 0 },
    other: { since: 0, units: 0 },
  }
  return (operation, call) => {
    const bucket: Bucket = creating.has(operation) ? 'create' : 'other'
    const now = vault.now()
    const window = spent[bucket]
    // A clock that was set back starts anew as well.
    if (now >= window.since + windowSeconds || now < window.since) spent[bucket] = { since: now, units: 0 }
    const { since, units } = spent[bucket]
    const cost = costOf(bucket, vault, call)
    if (units + cost > capacity[bucket]) throw throttled(since + windowSeconds - now)
    spent[bucket] = { since, units: units + cost }
  }
}

function costOf(bucket: Bucket, vault: VaultContext, call: VaultCall): number {
  const found = vault.keys.name(call.name)
  const record = found && vault.keys.version(call.name, call.version ?? found.latest)
  if (bucket === 'create') return isHsm(record, call.body) ? capacity.create / 10 : capacity.create / 20
  return record ? unitsOf(record) : 1
}

/** Of the key that is to be made, else of the one that is there. */
function isHsm(record: VersionRecord | undefined, body: unknown): boolean {
  const kty = typeof body === 'object' && body !== null && 'kty' in body ? String(body.kty) : undefined
  return kty ? kty.endsWith('-HSM') : record !== undefined && keyTypes[record.kty].hsm
}

function unitsOf({ kty, publicPart }: VersionRecord): number {
  const { hsm } = keyTypes[kty]
  const units = publicPart.family === 'RSA' ? rsaUnits[publicPart.bits] : { hsm: 4000 / 2000, software: 1 }
  return (hsm ? units?.hsm : units?.software) ?? 1
}
