import 'server-only'
import type { TokenTimes } from '@/lib/domain/releases/decode-attestation-token'

/** Clocks of the authority, the vault and this console may differ by this much. */
const TOLERANCE_S = 60

/** Before the token was issued, or before it holds. */
export function isBefore({ issuedAt, notBefore }: TokenTimes, at: Date): boolean {
  return Math.max(issuedAt ?? 0, notBefore ?? 0) > at.getTime() / 1000 + TOLERANCE_S
}

/** After it expired; a token without an end has none. */
export function isAfter({ expires }: TokenTimes, at: Date): boolean {
  return expires !== null && expires < at.getTime() / 1000 - TOLERANCE_S
}

export const isInTime = (times: TokenTimes, at: Date): boolean => !isBefore(times, at) && !isAfter(times, at)
