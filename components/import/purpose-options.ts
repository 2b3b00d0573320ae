import { PURPOSES } from '@/lib/domain/keys/key-operations'
import type { KeyFamily } from '@/lib/domain/keys/key-type'

const FAMILY_WORDS = { RSA: 'an RSA', EC: 'an EC', oct: 'a symmetric' } as const satisfies Record<KeyFamily, string>

/** The purposes as choices, those closed that such a key can't have. `family`: null while it is not known. */
export function purposeOptions(family: KeyFamily | null) {
  return PURPOSES.map(({ id, label, families, operations }) => {
    const allowed: readonly KeyFamily[] = families
    const fits = family === null || allowed.includes(family)
    return {
      value: id,
      label,
      hint: operations.join(', '),
      disabledReason: fits || !family ? undefined : `Not for ${FAMILY_WORDS[family]} key.`,
    }
  })
}
