import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, readDer } from '../der-reader'

/** What a DER structure is, told by the tags of its elements: no two of these have the same. */
export type DerShape =
  | 'pkcs8'
  | 'encrypted-pkcs8'
  | 'pkcs1'
  | 'sec1'
  | 'pkcs12'
  | 'dsa'
  | 'public-key'
  | 'pkcs7'
  | 'certificate'
  | 'certificate-request'
  | 'revocation-list'

const outer: readonly [DerShape, RegExp][] = [
  ['pkcs8', /^02 30 04( a0)?( 81)?$/],
  ['encrypted-pkcs8', /^30 04$/],
  ['pkcs1', /^02( 02){8}( 30)?$/],
  ['sec1', /^02 04( a0)?( a1)?$/],
  ['pkcs12', /^02 30( 30)?$/],
  ['dsa', /^02( 02){5}$/],
  ['public-key', /^(30 03|02 02)$/],
  ['pkcs7', /^06 a0$/],
]
/** A revocation list may be as long as the longest file; no key's reader takes what is so long. */
const longestFile = 1024 * 1024
const signed = /^30 30 03$/
const toBeSigned: readonly [DerShape, RegExp][] = [
  ['certificate-request', /^02 30 30( a0)?$/],
  ['certificate', /^(a0 )?02 30 30 30 30 30( 81)?( 82)?( a3)?$/],
  ['revocation-list', /^(02 )?30 30 (17|18)/],
]

/** Undefined: no structure that is known here, or no DER at all. */
export function derShape(der: Uint8Array): DerShape | undefined {
  try {
    const children = derChildren(readDer(der, longestFile))
    const tags = tagsOf(children)
    if (!signed.test(tags)) return matching(outer, tags)
    return children[0] && matching(toBeSigned, tagsOf(derChildren(children[0])))
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return undefined
  }
}

const tagsOf = (elements: readonly DerElement[]): string =>
  elements.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ')

const matching = (shapes: readonly [DerShape, RegExp][], tags: string): DerShape | undefined =>
  shapes.find(([, pattern]) => pattern.test(tags))?.[0]
