import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, expectTag } from '../der-reader'
import { inRefusals } from '../key-file/in-refusals'
import type { KdfLimits } from '../key-file/read-result'
import { readAlgorithmIdentifier } from './algorithm-identifier'
import { type BlockCipher, describeCipher, isWeakCipher, readBlockCipher } from './cipher'
import { expectWithinLimits } from './kdf-limits'
import { describeKeyDerivation, isWeakKeyDerivation, type KeyDerivation } from './key-derivation'
import { readPbes1 } from './pbes1'
import { readPbes2KeyDerivation } from './read-key-derivation'

/** Password-based encryption, understood and within limits. `iv` is absent where the passphrase gives it, too. */
export interface Protection {
  kdf: KeyDerivation
  cipher: BlockCipher
  iv?: Uint8Array
}

const pbes2 = '1.2.840.113549.1.5.13'

/** Throws `KeyFileRefused`: `damaged`, `unsupported-protection`, `kdf-beyond-limits`. */
export function readProtection(algorithm: DerElement, limits: KdfLimits): Protection {
  const protection = inRefusals(() => {
    const { oid, parameters } = readAlgorithmIdentifier(algorithm)
    return oid === pbes2 ? readPbes2(parameters) : readPbes1(oid, parameters)
  })
  expectWithinLimits(protection.kdf, limits)
  return protection
}

/** RFC 8018 appendix A.4. */
function readPbes2(parameters: DerElement | undefined): Protection {
  const [kdfElement, cipherElement, ...more] = derChildren(expectTag(parameters, derTag.sequence))
  if (more.length > 0) throw new CryptoError('der-invalid')
  const { kdf, keyLength } = readPbes2KeyDerivation(readAlgorithmIdentifier(kdfElement))
  return { kdf, ...readBlockCipher(readAlgorithmIdentifier(cipherElement), keyLength) }
}

/** `weak`: of another time (3DES, RC2, SHA-1, few iterations). */
export const describePasswordProtection = ({
  kdf,
  cipher,
}: Protection): { cipher: string; kdf: string; weak: boolean } => ({
  cipher: describeCipher(cipher),
  kdf: describeKeyDerivation(kdf),
  weak: isWeakCipher(cipher) || isWeakKeyDerivation(kdf),
})
