import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { spkiOfCertificate } from './certificate'
import { CryptoError } from './crypto-error'
import { encodeHex } from './hex'
import { readPem } from './pem'
import { readPublicKeyFile } from './public-key-file'
import { certificatePem } from './testing/certificate'

const { bytes } = readPem(certificatePem)
const theirs = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' }).toString('hex')

describe('a certificate', () => {
  it('gives the public key that OpenSSL finds in it', () => {
    expect(encodeHex(spkiOfCertificate(bytes))).toBe(theirs)
    expect(encodeHex(readPublicKeyFile(bytes).spki)).toBe(theirs)
    expect(readPublicKeyFile(new TextEncoder().encode(certificatePem))).toMatchObject({ format: 'pem-certificate' })
  })

  it('damaged in any one byte gives a typed refusal or a key', () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Uint8Array.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 0x81
      try {
        spkiOfCertificate(damaged)
      } catch (cause) {
        expect(cause).toBeInstanceOf(CryptoError)
      }
    }
  })
})
