import type { ImportJwkInput } from '../inputs'
import { type Answer, ProviderError, type VaultKey } from '../port'
import type { Write } from './create-azure-provider'
import { importOptions } from './imported-key'
import { toVaultKey } from './wire'

/**
 * PUT /keys/{name} with the private members in `key` and, for hardware, `Hsm: true`: `kty` stays that of the JWK, and the
 * vault answers with `-HSM`. Every call makes a version: never repeated.
 * https://learn.microsoft.com/rest/api/keyvault/keys/import-key
 */
export async function importPrivateJwk(write: Write, input: ImportJwkInput): Promise<Answer<VaultKey>> {
  const options = { ...importOptions(input), ...(input.hsm ? { hardwareProtected: true } : {}) }
  const { key, keyOps } = input
  try {
    return await write('import', async ({ client, abortSignal }) =>
      toVaultKey(await client.importKey(input.name, { ...key, keyOps }, { ...options, abortSignal })),
    )
  } catch (error) {
    throw withoutCause(error)
  }
}

/** The SDK's errors lead to the request, and so to the key: what is known of them is in our own. */
function withoutCause(error: unknown): ProviderError {
  if (!(error instanceof ProviderError)) return new ProviderError('unexpected-answer', 'unknown')
  return new ProviderError(error.code, error.certainty, error.facts)
}
