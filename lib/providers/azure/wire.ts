import type { DeletedKey, JsonWebKey, KeyProperties, KeyVaultKey } from '@azure/keyvault-keys'
import { EC_CURVES, isKeyType } from '@/lib/domain/keys/key-type'
import {
  type DeletedKeyListing,
  type KeyAttributes,
  type KeyListing,
  ProviderError,
  type VaultKey,
  type VaultPublicJwk,
} from '../port'

/** The SDK's shapes as the console's. Whatever the vault left out is null, never a guess. */
export async function toVaultKey(key: KeyVaultKey): Promise<VaultKey> {
  const { version } = key.properties
  if (!key.key || !key.id || !version || !key.keyType || !isKeyType(key.keyType)) {
    throw new ProviderError('unexpected-answer', 'unknown')
  }
  return {
    name: key.name,
    version,
    kid: key.id,
    kty: key.keyType,
    sizeOrCurve: sizeOrCurve(key.key),
    keyOps: [...(key.keyOperations ?? [])],
    publicJwk: publicJwk(key.key),
    attributes: toAttributes(key.properties),
    tags: key.properties.tags ?? {},
    managed: key.properties.managed ?? false,
    releasePolicy: await releasePolicy(key.properties),
  }
}

export function toListing(properties: KeyProperties): KeyListing {
  return {
    name: properties.name,
    version: properties.version ?? null,
    kid: properties.id ?? `${properties.vaultUrl}/keys/${properties.name}`,
    attributes: toAttributes(properties),
    tags: properties.tags ?? {},
    managed: properties.managed ?? false,
  }
}

export function toDeletedListing(key: DeletedKey): DeletedKeyListing {
  return {
    name: key.name,
    deletedAt: key.properties.deletedOn ?? null,
    scheduledPurgeAt: key.properties.scheduledPurgeDate ?? null,
    recoveryLevel: key.properties.recoveryLevel ?? null,
  }
}

function toAttributes(properties: KeyProperties): KeyAttributes {
  return {
    enabled: properties.enabled ?? false,
    notBefore: properties.notBefore ?? null,
    expiresAt: properties.expiresOn ?? null,
    createdAt: properties.createdOn ?? null,
    updatedAt: properties.updatedOn ?? null,
    recoveryLevel: properties.recoveryLevel ?? null,
    recoverableDays: properties.recoverableDays ?? null,
    exportable: properties.exportable ?? false,
    hsmPlatform: properties.hsmPlatform ?? null,
  }
}

function sizeOrCurve(jwk: JsonWebKey): string | null {
  if (jwk.crv) return jwk.crv
  return jwk.n ? String(withoutLeadingZeros(jwk.n).length * 8) : null
}

function publicJwk(jwk: JsonWebKey): VaultPublicJwk | null {
  if ((jwk.kty === 'RSA' || jwk.kty === 'RSA-HSM') && jwk.n && jwk.e) {
    return { kty: jwk.kty, n: base64Url(withoutLeadingZeros(jwk.n)), e: base64Url(withoutLeadingZeros(jwk.e)) }
  }
  const crv = EC_CURVES.find((curve) => curve === jwk.crv)
  if ((jwk.kty === 'EC' || jwk.kty === 'EC-HSM') && crv && jwk.x && jwk.y) {
    return { kty: jwk.kty, crv, x: base64Url(jwk.x), y: base64Url(jwk.y) }
  }
  return null
}

async function releasePolicy(properties: KeyProperties): Promise<VaultKey['releasePolicy']> {
  const policy = properties.releasePolicy
  if (!policy?.encodedPolicy) return null
  const bytes = Uint8Array.from(policy.encodedPolicy)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return {
    sha256: Buffer.from(digest).toString('hex'),
    text: new TextDecoder().decode(bytes),
    contentType: policy.contentType ?? null,
    immutable: policy.immutable ?? false,
  }
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  return bytes.subarray(start)
}
