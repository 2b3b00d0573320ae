import 'server-only'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { isSamePolicy } from '@/lib/domain/releases/same-policy'
import type { VaultKey } from '@/lib/providers/port'
import { toSeconds } from './build-frozen-request'

/** Names of the facts in which the vault's key is not what was asked for. Empty: it is exactly that. */
export function compareArrival(target: ImportTarget, tags: Record<string, string>, key: VaultKey): string[] {
  const { attributes } = key
  const checks: Record<string, boolean> = {
    type: key.kty === target.kty,
    // null: a symmetric key, whose size the vault does not tell.
    'size or curve': key.sizeOrCurve === null || key.sizeOrCurve === target.sizeOrCurve,
    operations: sameSet(key.keyOps, target.keyOps),
    enabled: !attributes.enabled,
    'not before': toSeconds(attributes.notBefore) === secondsOf(target.notBefore),
    expiry: toSeconds(attributes.expiresAt) === secondsOf(target.expiresAt),
    exportable: attributes.exportable === target.exportable,
    'release policy': isAsGiven(key.releasePolicy, target.releasePolicy),
    tags: Object.entries(tags).every(([name, value]) => key.tags[name] === value),
  }
  return Object.entries(checks).flatMap(([fact, holds]) => (holds ? [] : [fact]))
}

function isAsGiven(found: VaultKey['releasePolicy'], given: ImportTarget['releasePolicy']): boolean {
  if (!found || !given) return !found && !given
  return found.immutable === given.immutable && isSamePolicy(found.text, given.text)
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each))
}

function secondsOf(instant: string | null): number | null {
  return instant ? Math.floor(Date.parse(instant) / 1000) : null
}
