import { generateKeyPairSync } from 'node:crypto'
import type { PerformReleaseInput } from '@/lib/domain/releases/release-form'
import { attest, policyText } from '@/lib/local-vault/testing/attest'
import { exportableWish } from '@/lib/providers/testing/exportable-wish'
import { folderSource } from '@/lib/server/releases/folder-source'
import { readLogs } from '@/lib/server/releases/read-logs'
import type { TestConsole } from './console'

/** The environment's own key; nobody here ever opens what is wrapped for it. */
export const environmentKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

/** Of confidential VMs that boot securely and can't be debugged. */
export const GUARDED = {
  secureboot: true,
  'x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable': false,
}

export interface ExportableKey {
  connectionId: string
  name: string
  version: string
  policySha256: string
}

/** A key in the local vault that may be released to what the claims say, enabled. */
export async function exportableKey(
  { ctx, connections, vault }: TestConsole,
  name: string,
  claims: Record<string, unknown> = GUARDED,
): Promise<ExportableKey> {
  const provider = ctx.provider(connections.vault)
  const policy = policyText(vault.description.attestation.url, claims)
  const { value: made } = await provider.importPrivateJwk(exportableWish(name, 'EC', policy))
  await provider.updateVersion({ name, version: made.version, enabled: true })
  return {
    ...{ connectionId: connections.vault.id, name, version: made.version },
    policySha256: made.releasePolicy?.sha256 ?? '',
  }
}

/** A token of the installation's own authority, for the environment's key; `claims` lie over the layout's. */
export const tokenFor = ({ vault }: TestConsole, claims: Record<string, unknown> = {}) =>
  attest(vault.description, { key: environmentKey, claims })

export const debuggable = { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } }

export const asked = (
  key: ExportableKey,
  token: string,
  more: Partial<PerformReleaseInput> = {},
): PerformReleaseInput => ({
  ...key,
  token,
  algorithm: 'CKM_RSA_AES_KEY_WRAP',
  nonce: null,
  reason: 'To show that the policy works',
  ...more,
})

/** Reads the local vault's own audit log into the history. */
export const readVaultLog = ({ ctx, vault }: TestConsole) => readLogs(ctx, [folderSource(vault.description.auditLog)])
