import { CryptoError } from '../crypto-error'
import { KeyFileRefused } from './refusals'

/** Runs a reader of structures: what `lib/crypto` finds malformed underneath leaves as a refusal of the key file. */
export function inRefusals<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new KeyFileRefused(cause.code === 'point-not-on-curve' ? 'ec-inconsistent' : 'damaged', { cause })
  }
}
