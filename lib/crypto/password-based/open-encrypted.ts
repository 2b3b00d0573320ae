import { type Bytes, wipe } from '../bytes'
import type { DerElement } from '../der-reader'
import { KDF_LIMITS, type KdfLimits } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import { decryptCbc } from './decrypt-cbc'
import { deriveFromPassword } from './derive-key'
import type { KeyDerivation } from './key-derivation'
import { type PasswordForms, passwordForms, wipePasswordForms } from './password-forms'
import { pkcs12Purpose } from './pkcs12-kdf'
import { describePasswordProtection, type Protection, readProtection } from './protection'

export interface EncryptedContent {
  /** AlgorithmIdentifier: PBES2, or PBES1 as PKCS#12 defined it. */
  algorithm: DerElement
  ciphertext: Uint8Array
  /** UTF-8, as typed. It is not consumed. */
  passphrase: Uint8Array
  limits?: KdfLimits
  signal?: AbortSignal
}

/** For people, before a passphrase is asked for. Throws as `readProtection` does: what can't be opened is not asked for. */
export function describeProtection(
  algorithm: DerElement,
  limits: KdfLimits = KDF_LIMITS,
): { cipher: string; kdf: string; weak: boolean } {
  return describePasswordProtection(readProtection(algorithm, limits))
}

/**
 * The plaintext, which is one whole DER or BER SEQUENCE; the caller wipes it. Throws `KeyFileRefused`: `damaged`,
 * `unsupported-protection`, `kdf-beyond-limits`, and one and the same `wrong-passphrase` for everything that shows only
 * after the passphrase was used.
 */
export async function openEncrypted(content: EncryptedContent): Promise<Bytes> {
  const protection = readProtection(content.algorithm, content.limits ?? KDF_LIMITS)
  const forms = passwordForms(content.passphrase)
  try {
    return await openWithForms(protection, content.ciphertext, forms, content)
  } finally {
    wipePasswordForms(forms)
  }
}

/** As `openEncrypted`, by the first form that fits. `spend` is asked before each derivation, and may throw. */
export async function openWithForms(
  protection: Protection,
  ciphertext: Uint8Array,
  forms: readonly PasswordForms[],
  { signal, spend }: { signal?: AbortSignal; spend?: (kdf: KeyDerivation) => void } = {},
): Promise<Bytes> {
  // Only PKCS#12's derivation sees a difference between the forms.
  for (const form of protection.kdf.kind === 'PKCS#12' ? forms : forms.slice(0, 1)) {
    spend?.(protection.kdf)
    // Where the IV is derived, too, that is the same work once more.
    if (!protection.iv) spend?.(protection.kdf)
    const plaintext = await decryptProtected(protection, ciphertext, form, signal)
    if (plaintext && isOneSequence(plaintext)) return plaintext
    if (plaintext) wipe(plaintext)
  }
  throw new KeyFileRefused('wrong-passphrase')
}

/** Whatever the padding lets through, of any content. `undefined`: the passphrase or the padding is wrong. */
export async function decryptProtected(
  { kdf, cipher, iv }: Protection,
  ciphertext: Uint8Array,
  password: PasswordForms,
  signal?: AbortSignal,
): Promise<Bytes | undefined> {
  const key = await deriveFromPassword(password, kdf, cipher.keyLength, { signal })
  try {
    const start =
      iv ?? (await deriveFromPassword(password, kdf, cipher.blockLength, { purpose: pkcs12Purpose.iv, signal }))
    return await decryptCbc(cipher, key, start, ciphertext)
  } finally {
    wipe(key)
  }
}

/** A SEQUENCE that says it fills the bytes, or one of indefinite length with its end. One wrong key in 2^16 passes. */
function isOneSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes
  if (tag !== 0x30) return false
  if (first === 0x80) return bytes.length > 4 && bytes[bytes.length - 1] === 0 && bytes[bytes.length - 2] === 0
  const count = first < 0x80 ? 0 : first & 0x7f
  const octets = bytes.subarray(2, 2 + count)
  const length = count === 0 ? first : octets.reduce((sum, octet) => sum * 256 + octet, 0)
  return 2 + count + length === bytes.length
}
