import { wipe } from '../bytes'
import { type DerElement, derChildren, derTag, expectTag, readDer } from '../der-reader'
import { openEncrypted } from '../password-based/open-encrypted'
import { describePasswordProtection, type Protection, readProtection } from '../password-based/protection'
import { afterOpening } from './after-opening'
import { inRefusals } from './in-refusals'
import type { OpeningOptions, Piece } from './piece'
import { readPkcs8 } from './pkcs8'
import type { KdfLimits } from './read-result'
import { reencryptCommand } from './reencrypt-command'
import { KeyFileRefused } from './refusals'

/** PKCS#8's EncryptedPrivateKeyInfo (RFC 5958 section 3). Throws `KeyFileRefused`. */
export async function readEncryptedPkcs8(der: Uint8Array, options: OpeningOptions): Promise<Piece> {
  const { algorithm, ciphertext } = readParts(der)
  const { passphrase, limits, signal, budget } = options
  const protection = understood(algorithm, limits)
  const { weak, ...described } = describePasswordProtection(protection)
  if (passphrase === undefined) return { piece: 'locked', format: 'encrypted-pkcs8', ...described }
  budget.spend(protection.kdf)
  const plaintext = await openEncrypted({ algorithm, ciphertext, passphrase, limits, ...(signal ? { signal } : {}) })
  try {
    const numbers = afterOpening(() => readPkcs8(plaintext))
    return { piece: 'key', format: 'encrypted-pkcs8', numbers, warnings: weak ? ['weak-file-protection'] : [] }
  } finally {
    wipe(plaintext)
  }
}

/** What can't be opened here, OpenSSL opens, and writes anew. */
function understood(algorithm: DerElement, limits: KdfLimits): Protection {
  try {
    return readProtection(algorithm, limits)
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused) || cause.code === 'damaged') throw cause
    const { code, detail } = cause
    throw new KeyFileRefused(code, { ...(detail ? { detail } : {}), command: reencryptCommand, cause })
  }
}

const readParts = (der: Uint8Array): { algorithm: DerElement; ciphertext: Uint8Array } =>
  inRefusals(() => {
    const [algorithm, encrypted] = derChildren(readDer(der))
    return {
      algorithm: expectTag(algorithm, derTag.sequence),
      ciphertext: expectTag(encrypted, derTag.octetString).content,
    }
  })
