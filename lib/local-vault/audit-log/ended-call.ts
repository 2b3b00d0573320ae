import type { OperationName } from '../azure/match-route'
import type { VaultKind } from '../azure/vault-kind'

/** What a vault does by itself and notes as an operation. */
export type OwnOperation = 'rotate-if-due' | 'near-expiry'

/** Whom a record belongs to. `resourceId` as Azure Resource Manager writes it. */
export type AuditedVault = { name: string; kind: VaultKind; url: string; resourceId: string; tenantId: string }

/** A caller's claims: those of a token for the vault, never those of an attestation. */
export type CallerClaims = { appid: string; oid: string; appidacr?: string; iss?: string; tid?: string }

/** What the request itself tells. */
export type SeenRequest = {
  requestUri: string
  clientInfo: string
  callerIpAddress: string
  /** As Node names it, `TLSv1.3`; null over plain HTTP. */
  tls: string | null
}

/** One call as it ended. Without `request` it is what the vault did by itself. */
export type EndedCall = {
  /** Milliseconds, by the installation's clock. */
  time: number
  durationMs: number
  /** null: the call reached no operation. */
  operation: OperationName | OwnOperation | null
  apiVersion: string
  /** The key as the path named it; null where it named none. */
  key: { name: string; version: string | null } | null
  status: number
  /** The sentence of a refusal that repeats nothing of a body. */
  description: string | null
  caller: CallerClaims | null
  correlationId: string
  request: SeenRequest | null
  /** Whether the vault's access model let the caller do it; null where it was not asked. */
  access: { model: 'access-policy' | 'rbac'; granted: boolean } | null
  /** Of the key in the answer. */
  answered: { type: string; hsmPlatform: string | null } | null
}
