import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import type { KeyType, ReleasePolicy, VersionRecord } from '../store/records'
import { badParameter } from './fault'
import { keyTypes } from './key-types'
import { releaseFault } from './release/release-fault'
import type { GivenReleasePolicy } from './request-body'
import type { VaultCall } from './vault-call'

/** The policy as it was given, once it is one. */
export function readReleasePolicy(given: GivenReleasePolicy): ReleasePolicy | null {
  if (!given) return null
  const policy = parseReleasePolicy(given.data.toString('utf8'))
  if (!policy.ok) throw badParameter(`The release policy is not valid. ${describeProblem(policy.error)}`)
  return {
    contentType: given.contenttype ?? 'application/json; charset=utf-8',
    data: given.data.toString('base64url'),
    immutable: given.immutable ?? false,
  }
}

/** Exportable if and only if there is a policy, and only for HSM types, where the vault and the api-version have it. */
export function checkExportable(
  { vault, api }: Pick<VaultCall, 'vault' | 'api'>,
  kty: KeyType,
  exportable: boolean,
  policy: ReleasePolicy | null,
): void {
  const { kind, settings } = vault
  const isStandard = settings.kind === 'azure-key-vault' && settings.tier === 'standard'
  if (exportable && (isStandard || beforeRelease.test(api.name))) throw releaseFault(kind, 1001)
  if (exportable && !keyTypes[kty].hsm) throw releaseFault(kind, 1006)
  if (exportable && !policy) throw releaseFault(kind, 1004)
  if (!exportable && policy) throw releaseFault(kind, 1005)
}

/** api-versions before 7.3-preview. */
const beforeRelease = /^(2015|2016|7\.[0-2](-|$))/

type Rules = Pick<VersionRecord, 'exportable' | 'releasePolicy'>

/** What a new version may not change: whether the key is exportable, and a policy that was made immutable. */
export function checkSuccessor({ vault }: Pick<VaultCall, 'vault'>, latest: Rules | undefined, next: Rules): void {
  if (!latest) return
  if (latest.exportable !== next.exportable) throw releaseFault(vault.kind, 1003)
  if (latest.releasePolicy?.immutable && !isSamePolicy(latest.releasePolicy, next.releasePolicy))
    throw releaseFault(vault.kind, 1020)
}

function isSamePolicy(one: ReleasePolicy, other: ReleasePolicy | null): boolean {
  return other !== null && one.data === other.data && one.immutable === other.immutable
}
