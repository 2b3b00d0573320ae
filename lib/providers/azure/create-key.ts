import { KEK_OPERATIONS } from '@/lib/domain/keys/key-operations'
import type { CreateKekInput, CreateKeyInput } from '../inputs'
import type { Answer, VaultKey } from '../port'
import type { Write } from './create-azure-provider'
import { sentPolicy } from './sent-policy'
import { sentTimes } from './sent-times'
import { toVaultKey } from './wire'

/** POST /keys/{name}/create. Every call makes a version: never repeated. */
export function createKey(write: Write, input: CreateKeyInput): Promise<Answer<VaultKey>> {
  const times = sentTimes(input)
  return write('create', async ({ client, abortSignal }) =>
    toVaultKey(
      await client.createKey(input.name, input.kty, {
        abortSignal,
        enabled: input.enabled,
        keyOps: input.keyOps,
        tags: input.tags,
        ...(input.bits ? { keySize: input.bits } : {}),
        ...(input.curve ? { curve: input.curve } : {}),
        ...times,
        ...(input.releasePolicy ? { exportable: true, ...sentPolicy(input.releasePolicy) } : {}),
      }),
    ),
  )
}

/** A key exchange key: RSA-HSM with exactly the operation `import`, enabled at once. */
export function createKek(write: Write, input: CreateKekInput): Promise<Answer<VaultKey>> {
  return createKey(write, {
    name: input.name,
    kty: 'RSA-HSM',
    bits: input.bits,
    keyOps: [...KEK_OPERATIONS],
    enabled: true,
    notBefore: null,
    expiresAt: input.expiresAt,
    tags: input.tags,
  })
}
