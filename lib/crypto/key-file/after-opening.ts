import { KeyFileRefused } from './refusals'

/**
 * Reads what a passphrase opened. One wrong passphrase in 256 leaves a padding that looks right: what is then no key is
 * the same `wrong-passphrase` as a bad padding, so that nobody learns which of the two it was.
 */
export function afterOpening<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused)) throw cause
    if (cause.code === 'damaged' || cause.code === 'not-recognised') throw new KeyFileRefused('wrong-passphrase')
    throw cause
  }
}
