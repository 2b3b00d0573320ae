import { findKey } from '../find-key'
import { rotationPolicyBody } from '../rotation/wire-policy'
import type { VaultCall, VaultReply } from '../vault-call'

export function getRotationPolicy(call: VaultCall): VaultReply {
  const { name } = findKey(call.vault, call.name, undefined)
  return { status: 200, body: rotationPolicyBody(call.vault, name, call.vault.keys.rotation(name)) }
}
