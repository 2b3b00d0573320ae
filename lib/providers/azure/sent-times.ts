import { isVaultTime } from '@/lib/domain/keys/vault-time'

/** A version's times as the official client takes them. Throws RangeError for one that it would cut. */
export function sentTimes({ notBefore, expiresAt }: { notBefore: Date | null; expiresAt: Date | null }) {
  for (const time of [notBefore, expiresAt])
    if (time && !isVaultTime(time)) throw new RangeError('a time that the official client can not send')
  return { ...(notBefore ? { notBefore } : {}), ...(expiresAt ? { expiresOn: expiresAt } : {}) }
}
