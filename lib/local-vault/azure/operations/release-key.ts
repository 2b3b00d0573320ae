import type { KeyObject } from 'node:crypto'
import { isSameAuthority } from '@/lib/domain/releases/contradictions'
import { evaluatePolicy, type VerifiedToken } from '@/lib/domain/releases/evaluate-policy'
import { findWrappingKey, type WrappingKey } from '@/lib/domain/releases/find-wrapping-key'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import type { VersionRecord } from '../../store/records'
import { withoutNewer } from '../api-versions'
import { forbidden } from '../fault'
import { type FoundKey, findKey } from '../find-key'
import { keyTypes } from '../key-types'
import {
  notAToken,
  notExportable,
  notVerified,
  noWrappingKey,
  policyNotMet,
  unreachable,
} from '../release/release-fault'
import { issuerOf, verifyAttestation } from '../release/verify-attestation'
import { openWrappingKey, type ReleaseAlgorithm, releasedBlob, wrapForRelease } from '../release/wrap-for-release'
import { parseBody, releaseBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle, kidOf } from '../wire'

/** Releases a key to the environment that an attestation token speaks for, if the key's policy says so. */
export async function releaseKey(call: VaultCall): Promise<VaultReply> {
  const { target, nonce, enc = 'CKM_RSA_AES_KEY_WRAP' } = parseBody(releaseBody, call.body)
  const first = findReleasable(call, call.version)
  const token = await attest(call, first.policy, target)
  // The issuer took its time: the key may be disabled, deleted or under another policy by now.
  const { name, record, policy } = findReleasable(call, first.record.version)
  if (decide(call, policy, token) === 'deny') throw policyNotMet()
  const wrapping = findWrappingKey(token.claims)
  const key = wrapping && openWrappingKey(wrapping)
  if (!wrapping || !key) throw noWrappingKey()
  const request = {
    'api-version': call.api.name,
    enc,
    kid: kidOf(call.vault, name, call.version),
    ...(nonce !== undefined && { nonce }),
  }
  const response = { key: releasedBundle(call, name, record, { wrapping, key, enc }) }
  const value = await call.vault.signRelease({ request, response })
  return { status: 200, body: { value }, version: record.version }
}

type Releasable = FoundKey & { policy: ReleasePolicy }

/** Times don't matter: a key is released outside nbf and exp, too. Disabled, it is not. */
function findReleasable(call: VaultCall, version: string | undefined): Releasable {
  const found = findKey(call.vault, call.name, version)
  const { enabled, exportable, releasePolicy } = found.record
  if (!enabled) throw forbidden('KeyDisabled', 'Operation release is not allowed on a disabled key.')
  if (!exportable || !releasePolicy) throw notExportable()
  const policy = parseReleasePolicy(Buffer.from(releasePolicy.data, 'base64url').toString('utf8'))
  // It was read when it was set; what can't be read now lets nobody in.
  if (!policy.ok) throw policyNotMet()
  return { ...found, policy: policy.value }
}

/** The token, verified. No issuer is asked that the policy does not name. */
async function attest(call: VaultCall, policy: ReleasePolicy, target: string): Promise<VerifiedToken> {
  const issuer = issuerOf(target)
  if (issuer === undefined) throw notAToken()
  const authority = policy.authorities.find((each) => isSameAuthority(each.authority, issuer))?.authority
  if (authority === undefined && call.againstPolicy !== 'allow') throw policyNotMet()
  const check = await verifyAttestation(target, issuer, call.vault.now())
  if (check.ok) return check.token
  throw check.refusal === 'unreachable' ? unreachable(call.vault.kind, authority ?? issuer) : notVerified()
}

function decide(call: VaultCall, policy: ReleasePolicy, token: VerifiedToken): 'allow' | 'deny' {
  return call.againstPolicy ?? evaluatePolicy(policy, token).decision
}

type Means = { wrapping: WrappingKey; key: KeyObject; enc: ReleaseAlgorithm }

function releasedBundle(call: VaultCall, name: string, record: VersionRecord, { wrapping, key, enc }: Means) {
  const secret = call.vault.keys.secret(name, record.version)
  try {
    const keyHsm = releasedBlob(wrapping.kid, enc, wrapForRelease(key, enc, secret))
    const kty = releasedType(call, record)
    return withoutNewer(keyBundle(call.vault, name, record, { kty, key_hsm: keyHsm }), call.api)
  } finally {
    secret.fill(0)
  }
}

/** A Managed HSM was recorded releasing an RSA-HSM key as RSA; a vault is documented to keep the type. */
function releasedType({ vault }: VaultCall, { kty }: VersionRecord): string {
  return vault.kind === 'azure-managed-hsm' ? keyTypes[kty].family : kty
}
