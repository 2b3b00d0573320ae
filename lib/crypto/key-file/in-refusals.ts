import { CryptoError } from '../crypto-error'
import { maximumDerChildren } from '../der-reader'
import { KeyFileRefused } from './refusals'

/** Runs a reader of structures: what `lib/crypto` finds malformed underneath leaves as a refusal of the key file. */
export function inRefusals<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw refusalOf(cause)
  }
}

function refusalOf(cause: CryptoError): KeyFileRefused {
  switch (cause.code) {
    case 'point-not-on-curve':
      return new KeyFileRefused('ec-inconsistent', { cause })
    case 'der-too-wide':
      return new KeyFileRefused('too-large', { detail: `A list in it has over ${maximumDerChildren} entries.`, cause })
    default:
      return new KeyFileRefused('damaged', { cause })
  }
}
