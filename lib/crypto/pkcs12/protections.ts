import { copyBytes, wipe } from '../bytes'
import { type DerElement, derChildren, derTag, expectTag, readDer } from '../der-reader'
import type { Safe } from './authenticated-safe'
import { type EncryptedContentInfo, readAnyEncoding } from './content-info'
import { readSafeContents, type SafeBag } from './safe-bags'
import { readSecretBag } from './secret-bag'

/** EncryptedPrivateKeyInfo (RFC 5958 section 3). Throws `der-invalid`. */
export function readEncryptedKeyInfo(element: DerElement): EncryptedContentInfo {
  const [algorithm, content] = derChildren(expectTag(element, derTag.sequence))
  return {
    algorithm: expectTag(algorithm, derTag.sequence),
    ciphertext: expectTag(content, derTag.octetString).content,
  }
}

/** What of a bag is encrypted on its own; `undefined` where nothing is. */
export function encryptedPartOf({ kind, content }: SafeBag): EncryptedContentInfo | undefined {
  if (kind === 'shrouded-key') return readEncryptedKeyInfo(content)
  const secret = kind === 'secret' ? readSecretBag(content) : undefined
  return secret && readEncryptedKeyInfo(secret)
}

/** The encryption that shows without a passphrase, a key's own before a whole safe's. Throws `der-invalid`. */
export function visibleProtections(safes: readonly Safe[]): DerElement[] {
  const ofKeys = safes.flatMap((safe) => (safe.kind === 'plain' ? protectionsOfBags(safe.octets) : []))
  return [...ofKeys, ...safes.flatMap((safe) => (safe.kind === 'encrypted' ? safe.algorithm : []))]
}

/** Of their own, away from the keys beside them that may not be encrypted. */
function protectionsOfBags(octets: Uint8Array): DerElement[] {
  const { element, buffer } = readAnyEncoding(octets)
  try {
    const found = readSafeContents(element).flatMap((bag) => encryptedPartOf(bag)?.algorithm ?? [])
    return found.map((algorithm) => readDer(copyBytes(algorithm.octets)))
  } finally {
    wipe(buffer)
  }
}
