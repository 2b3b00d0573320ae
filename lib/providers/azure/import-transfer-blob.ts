import type { ImportBlobInput } from '../inputs'
import type { Answer, VaultKey } from '../port'
import type { Write } from './create-azure-provider'
import { importOptions } from './imported-key'
import { toVaultKey } from './wire'

/**
 * PUT /keys/{name} with the whole file as `key_hsm`, which the SDK calls `t` and sends as base64url without padding.
 * Every call makes a version, and the vault knows no idempotency token: never repeated.
 * https://learn.microsoft.com/azure/key-vault/keys/byok-specification
 */
export function importTransferBlob(write: Write, input: ImportBlobInput): Promise<Answer<VaultKey>> {
  const options = importOptions(input)
  return write('import', async ({ client, abortSignal }) => {
    const key = {
      kty: input.kty,
      keyOps: input.keyOps,
      t: input.blob,
      ...(input.curve ? { crv: input.curve } : {}),
    }
    return toVaultKey(await client.importKey(input.name, key, { ...options, abortSignal }))
  })
}
