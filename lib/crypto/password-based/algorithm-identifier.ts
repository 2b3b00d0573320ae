import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag } from '../der-reader'

/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2): a name in dotted form, and what belongs to it. */
export interface AlgorithmIdentifier {
  oid: string
  parameters: DerElement | undefined
}

/** Throws `der-invalid`. */
export function readAlgorithmIdentifier(element: DerElement | undefined): AlgorithmIdentifier {
  const [oid, parameters, ...more] = derChildren(expectTag(element, derTag.sequence))
  if (more.length > 0) throw new CryptoError('der-invalid')
  return { oid: derObjectIdentifier(oid), parameters }
}

/** Absent or NULL, as hash functions and their HMACs have them. Throws `der-invalid`. */
export function expectNoParameters({ parameters }: AlgorithmIdentifier): void {
  if (parameters && (parameters.tag !== derTag.null || parameters.content.length > 0))
    throw new CryptoError('der-invalid')
}
