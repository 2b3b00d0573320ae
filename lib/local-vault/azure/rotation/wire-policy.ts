import type { RotationPolicy, RotationRecord } from '../../store/records'
import type { VaultContext } from '../vault-call'
import { kidOf } from '../wire'
import { defaultNotify } from './read-policy'

type Json = Record<string, unknown>

/** A policy as on the wire. Where there is none a vault answers its default, a Managed HSM a blank one. */
export function rotationPolicyBody(vault: VaultContext, name: string, rotation: RotationRecord | undefined): Json {
  const fallback = { rotate: null, notify: vault.kind === 'azure-key-vault' ? defaultNotify : null, expiryTime: null }
  const policy = rotation?.policy ?? fallback
  return {
    id: `${kidOf(vault, name)}/rotationpolicy`,
    lifetimeActions: actionsOf(policy),
    attributes: {
      ...(policy.expiryTime !== null && { expiryTime: policy.expiryTime }),
      ...(rotation && { created: rotation.created, updated: rotation.updated }),
    },
  }
}

function actionsOf({ rotate, notify }: RotationPolicy): Json[] {
  return [
    ...(rotate ? [{ trigger: rotate, action: { type: 'Rotate' } }] : []),
    ...(notify ? [{ trigger: notify, action: { type: 'Notify' } }] : []),
  ]
}
