import 'server-only'
import type { ConnectionKind } from '@/lib/domain/connections/kind'
import type { CreateKeyInput } from '@/lib/providers/inputs'

type GeneratedKey = Omit<CreateKeyInput, 'tags' | 'notBefore' | 'expiresAt'> & {
  where: ConnectionKind
  notBeforeDays?: number
  expiresDays?: number
  /** What becomes of it after it was made. */
  ends?: 'stopped' | 'deleted'
}

/** Keys of several ages and states, as an estate has them. */
export const GENERATED_KEYS: readonly GeneratedKey[] = [
  {
    where: 'azure_key_vault',
    name: 'payments-signing',
    kty: 'EC-HSM',
    curve: 'P-256',
    keyOps: ['sign', 'verify'],
    enabled: true,
    expiresDays: 420,
  },
  {
    where: 'azure_key_vault',
    name: 'tls-frontend',
    kty: 'RSA-HSM',
    bits: 2048,
    keyOps: ['sign', 'verify'],
    enabled: true,
    expiresDays: 6,
  },
  {
    where: 'azure_key_vault',
    name: 'invoice-archive',
    kty: 'RSA-HSM',
    bits: 2048,
    keyOps: ['wrapKey', 'unwrapKey'],
    enabled: true,
    expiresDays: 34,
  },
  {
    where: 'azure_key_vault',
    name: 'code-signing-next',
    kty: 'EC-HSM',
    curve: 'P-384',
    keyOps: ['sign', 'verify'],
    enabled: true,
    notBeforeDays: 30,
    expiresDays: 760,
  },
  {
    where: 'azure_key_vault',
    name: 'partner-feed-legacy',
    kty: 'EC-HSM',
    curve: 'P-256',
    keyOps: ['sign', 'verify'],
    enabled: true,
    expiresDays: -45,
  },
  {
    where: 'azure_key_vault',
    name: 'fraud-model',
    kty: 'EC-HSM',
    curve: 'P-256',
    keyOps: ['sign', 'verify'],
    enabled: true,
    ends: 'stopped',
  },
  {
    where: 'azure_key_vault',
    name: 'pilot-wallet',
    kty: 'EC-HSM',
    curve: 'P-256K',
    keyOps: ['sign', 'verify'],
    enabled: true,
    ends: 'deleted',
  },
  {
    where: 'azure_managed_hsm',
    name: 'ledger-sealing',
    kty: 'EC-HSM',
    curve: 'P-521',
    keyOps: ['sign', 'verify'],
    enabled: true,
    expiresDays: 300,
  },
  {
    where: 'azure_managed_hsm',
    name: 'tokenisation',
    kty: 'oct-HSM',
    bits: 256,
    keyOps: ['encrypt', 'decrypt'],
    enabled: true,
    expiresDays: 17,
  },
]
