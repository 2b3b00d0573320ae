import type { SetReleasePolicyInput } from '../inputs'
import type { Answer, VaultKey } from '../port'
import type { Write } from './create-azure-provider'
import { sentPolicy } from './sent-policy'
import { toVaultKey } from './wire'

/**
 * PATCH /keys/{name} with `release_policy`. A version in the address was seen refused (AKV.SKR.1016), an immutable policy
 * likewise (1020), both 400. Whether older versions take the policy over is documented nowhere: whoever needs to know reads them.
 */
export function setReleasePolicy(
  write: Write,
  { name, text, immutable }: SetReleasePolicyInput,
): Promise<Answer<VaultKey>> {
  return write('update', async ({ client, abortSignal }) =>
    toVaultKey(
      await client.updateKeyProperties(name, {
        abortSignal,
        ...sentPolicy({ text, immutable }),
      }),
    ),
  )
}
