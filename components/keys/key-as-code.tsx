import { KEY_ACTS } from '@/lib/client/keys/acts-as-code'
import type { KeyDetail } from '@/lib/domain/keys/views'
import { ActsAsCode } from './acts-as-code'
import { isWithheld } from './version-words'

/** Every act on this version past this console. While it is compared blind, none that shows its public half. */
export function KeyAsCode({ detail }: { detail: KeyDetail }) {
  const { selected, name, vaultUrl } = detail
  const withheld = isWithheld(selected)
  return (
    <ActsAsCode
      at={{ url: vaultUrl, name, version: selected.version }}
      acts={withheld ? KEY_ACTS.filter((act) => act !== 'download') : KEY_ACTS}
      attributesOnly={withheld}
    />
  )
}
