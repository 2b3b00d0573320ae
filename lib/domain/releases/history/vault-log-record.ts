/** What became of a call: by its status, never by its `resultType`, which calls a refusal a success. */
export type LogDecision = 'allowed' | 'denied' | 'failed'
export const LOG_DECISIONS = ['allowed', 'denied', 'failed'] as const satisfies readonly LogDecision[]

/** One record of a vault's diagnostic log, whichever shape it came in. Texts are cut and free of control characters. */
export type VaultLogRecord = {
  /** ISO 8601 in UTC, to the millisecond. */
  at: string
  /** As the record wrote it: Key Vault writes seven decimals. */
  time: string
  /** Last part of the resource id, in lower case. */
  vault: string
  /** Origin of the address that was asked, where the record tells: `https://contoso.vault.azure.net`. */
  origin: string | null
  operation: string
  act: 'release' | 'change'
  keyName: string | null
  /** 32 hexadecimal digits; null where the call named none and so meant the newest. */
  keyVersion: string | null
  decision: LogDecision
  status: number | null
  /** `resultSignature`, e.g. "Forbidden"; a Managed HSM writes none. */
  signature: string | null
  /** `AKV.SKR.1012`, where the description names one. */
  releaseCode: string | null
  description: string | null
  objectId: string | null
  appId: string | null
  upn: string | null
  address: string | null
  correlationId: string | null
}

/** Why a record is kept aside instead of read. */
export type AsideReason =
  | 'not-json'
  | 'not-an-object'
  | 'too-long'
  | 'no-operation'
  | 'unknown-operation'
  | 'no-time'
  | 'no-vault'
  | 'no-outcome'
  | 'outcome-contradicts'
  | 'unreadable-file'

export const ASIDE_WORDS = {
  'not-json': 'It is no JSON.',
  'not-an-object': 'It is JSON, but no record.',
  'too-long': 'It is longer than a megabyte.',
  'no-operation': 'It names no operation.',
  'unknown-operation': 'It names an operation on keys that Drawbridge does not know.',
  'no-time': 'It has no time, or one that is none.',
  'no-vault': 'It names no vault.',
  'no-outcome': 'It says neither by a status nor by a result signature how the call ended.',
  'outcome-contradicts': 'Its status and its result signature say opposite things.',
  'unreadable-file': 'The file can not be read as a whole: no list of records, broken compression, or over 64 MB.',
} as const satisfies Record<AsideReason, string>

/**
 * The same for a record and its duplicate, whatever the order of members: what a digest is made of. The provider gives
 * no id to an event; time, correlation id and the call itself tell two apart.
 */
export function canonicalText(record: VaultLogRecord): string {
  const { time, vault, origin, operation, keyName, keyVersion, status, signature } = record
  const { description, objectId, appId, upn, address, correlationId } = record
  const call = [time, vault, origin, operation, keyName, keyVersion, status, signature]
  return JSON.stringify([...call, description, objectId, appId, upn, address, correlationId])
}
