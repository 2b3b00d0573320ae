import type { KeyWriter } from '../store/key-store'
import { badParameter } from './fault'
import type { VaultContext } from './vault-call'

/** https://learn.microsoft.com/azure/key-vault/managed-hsm/key-rotation: "a limit of 100 versions per key", rotations included. */
export const maxVersionsOfManagedHsm = 100

/** In the commit that adds a version. */
export function refuseManyVersions({ kind }: VaultContext, write: KeyWriter, name: string): void {
  if (kind === 'azure-managed-hsm' && write.countVersions(name) >= maxVersionsOfManagedHsm)
    throw badParameter(`The key has ${maxVersionsOfManagedHsm} versions, which is the limit of a Managed HSM.`)
}
