import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag } from '../der-reader'
import { type BagAttributes, readBagAttributes } from './bag-attributes'
import { onlyChild } from './content-info'

/** SafeBag (RFC 7292 section 4.2). `content` is what its explicit [0] holds. */
export interface SafeBag {
  kind: 'key' | 'shrouded-key' | 'certificate' | 'secret' | 'other'
  content: DerElement
  attributes: BagAttributes
}

const kinds: Record<string, SafeBag['kind'] | undefined> = {
  '1.2.840.113549.1.12.10.1.1': 'key',
  '1.2.840.113549.1.12.10.1.2': 'shrouded-key',
  '1.2.840.113549.1.12.10.1.3': 'certificate',
  '1.2.840.113549.1.12.10.1.5': 'secret',
}
const nestedSafe = '1.2.840.113549.1.12.10.1.6'

/** All bags of a SafeContents, also of those nested in it; the DER reader bounds depth and number. Throws `der-invalid`. */
export function readSafeContents(element: DerElement): SafeBag[] {
  return derChildren(expectTag(element, derTag.sequence)).flatMap((bag) => {
    const [type, wrapper, attributes, ...more] = derChildren(expectTag(bag, derTag.sequence))
    if (more.length > 0) throw new CryptoError('der-invalid')
    const [oid, content] = [derObjectIdentifier(type), onlyChild(wrapper)]
    if (oid === nestedSafe) return readSafeContents(content)
    return { kind: kinds[oid] ?? 'other', content, attributes: readBagAttributes(attributes) }
  })
}
