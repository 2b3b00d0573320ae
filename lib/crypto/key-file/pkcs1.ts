import { type Bytes, wipe } from '../bytes'
import { type DerElement, derChildren, derTag, derUnsignedInteger, expectTag, readDer } from '../der-reader'
import type { RsaPrivateNumbers } from '../private-key/private-numbers'
import { inRefusals } from './in-refusals'
import { KeyFileRefused } from './refusals'

/**
 * PKCS#1's RSAPrivateKey (RFC 8017 A.1.2). Version 1 is a key of more than two primes. Throws `KeyFileRefused`:
 * `damaged`, `rsa-multi-prime`.
 */
export const readPkcs1 = (der: Uint8Array): RsaPrivateNumbers =>
  inRefusals(() => {
    const [version, ...members] = derChildren(expectTag(readDer(der), derTag.sequence))
    refuseOtherVersions(version)
    if (members.length !== 8) throw new KeyFileRefused('damaged')
    const [n, e, d, p, q, dp, dq, qi] = readMembers(members)
    if (!n || !e || !d || !p || !q || !dp || !dq || !qi) throw new KeyFileRefused('damaged')
    return { kind: 'RSA', n, e, d, p, q, dp, dq, qi }
  })

function refuseOtherVersions(version: DerElement | undefined): void {
  const { content } = expectTag(version, derTag.integer)
  if (content.length === 1 && content[0] === 1) throw new KeyFileRefused('rsa-multi-prime')
  if (content.length !== 1 || content[0] !== 0) throw new KeyFileRefused('damaged')
}

function readMembers(elements: readonly DerElement[]): Bytes[] {
  const members: Bytes[] = []
  try {
    for (const element of elements) members.push(derUnsignedInteger(element))
    return members
  } catch (cause) {
    wipe(...members)
    throw cause
  }
}
