import { badParameter } from '../fault'
import { findKey } from '../find-key'
import { rotate } from '../rotation/rotate'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

/** On demand, whatever the policy says of times. A Managed HSM wants a policy first. */
export async function rotateKey(call: VaultCall): Promise<VaultReply> {
  const { name: kept } = findKey(call.vault, call.name, undefined)
  if (call.vault.kind === 'azure-managed-hsm' && !call.vault.keys.rotation(kept))
    throw badParameter('A key rotation policy must be set before the key can be rotated on demand.')
  const { name, record } = await rotate(call.vault, kept, call.vault.now())
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}
