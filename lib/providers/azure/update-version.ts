import type { UpdateVersionInput } from '../inputs'
import type { Answer, VaultKey } from '../port'
import type { Write } from './create-azure-provider'
import { toVaultKey } from './wire'

/** PATCH /keys/{name}/{version}: what is not named stays as it is. */
export function updateVersion(write: Write, input: UpdateVersionInput): Promise<Answer<VaultKey>> {
  return write('update', async ({ client, abortSignal }) =>
    toVaultKey(
      await client.updateKeyProperties(input.name, input.version, {
        abortSignal,
        ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
        ...(input.keyOps ? { keyOps: input.keyOps } : {}),
        ...(input.tags ? { tags: input.tags } : {}),
      }),
    ),
  )
}
