import type { WizardKek } from '@/lib/domain/imports/views'
import { isKek } from '@/lib/domain/keys/key-operations'

/** Why nothing can be imported under this KEK now; undefined when something can. */
export function kekBlockedBecause(kek: WizardKek, now: Date): string | undefined {
  if (!kek.enabled) return 'it is disabled.'
  if (!isKek(kek.keyOps)) return 'its operations are not exactly import.'
  if (kek.expiresAt && new Date(kek.expiresAt) <= now) return 'it has expired. Create another and wrap the key again.'
  if (kek.notBefore && new Date(kek.notBefore) > now) return 'it is not valid yet.'
  return undefined
}
