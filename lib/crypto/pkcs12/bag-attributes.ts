import { type Bytes, copyBytes } from '../bytes'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag } from '../der-reader'

const friendlyName = '1.2.840.113549.1.9.20'
const localKeyId = '1.2.840.113549.1.9.21'
const setTag = 0x31
const bmpStringTag = 0x1e
const longestName = 256

/** What a bag says of itself. `name` is untrusted text; equal `keyId`s tie a key to its certificate. */
export interface BagAttributes {
  name?: string
  keyId?: Bytes
}

/** RFC 7292 section 4.2's bagAttributes; those that we don't know, and values of odd types, are passed over. */
export function readBagAttributes(attributes: DerElement | undefined): BagAttributes {
  const found: BagAttributes = {}
  if (!attributes) return found
  for (const attribute of derChildren(expectTag(attributes, setTag))) {
    const [type, values] = derChildren(expectTag(attribute, derTag.sequence))
    const oid = derObjectIdentifier(type)
    const [value] = derChildren(expectTag(values, setTag))
    if (oid === friendlyName && value?.tag === bmpStringTag) found.name = readName(value.content)
    if (oid === localKeyId && value?.tag === derTag.octetString) found.keyId = copyBytes(value.content)
  }
  return found
}

function readName(bmpString: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-16be').decode(bmpString).replaceAll('\0', '').trim()
  return text === '' ? undefined : text.slice(0, longestName)
}
