import { KIND_FACTS } from '../connections/kind'
import { isHardware, protectionsOf } from '../imports/protection'
import { familyOf, type KeyType } from '../keys/key-type'
import { fail, pass, warn } from './check'
import type { PreflightVault } from './input'
import type { Finding } from './report'

/** Whether the vault takes a key of this type in the clear: software or hardware, and which families. */
export function clearKeyTier(vault: PreflightVault, kty: KeyType): Finding {
  const { label, takesSoftwareKeys } = KIND_FACTS[vault.kind]
  const { software, hardware } = protectionsOf(vault)
  if (familyOf(kty) === 'oct') return symmetric(label, takesSoftwareKeys)
  if (!isHardware(kty)) {
    return software
      ? pass(`The ${label} will hold the key protected by software.`)
      : fail(`A ${label} holds keys in hardware only.`, 'Ask for hardware protection.')
  }
  if (hardware === 'yes') return pass(`The ${label} will hold the key in hardware.`)
  if (hardware === 'no')
    return fail('The vault is of the Standard tier, which holds no key in hardware.', 'Choose protection by software.')
  const fact = 'Whether the vault is of the Premium tier is not known; a Standard vault refuses a key in hardware.'
  return warn(fact, 'Make sure of the tier first: the key is sent before the vault refuses it.')
}

/** Only RSA and EC are documented for this way; of a Key Vault it is known that it takes no symmetric key at all. */
function symmetric(label: string, keyVault: boolean): Finding {
  if (keyVault) return fail(`A ${label} takes no symmetric key in the clear.`, 'Select a Managed HSM.')
  return warn(
    `A symmetric key in the clear is in the interface of a ${label}, but documented for RSA and EC only: it may refuse it.`,
    'Seal the key in a transfer blob instead, which is documented.',
  )
}
