import { describe, expect, it } from 'vitest'
import { spkiOfCertificate } from './certificate'
import { CryptoError } from './crypto-error'
import { encodeHex } from './hex'
import { readPem } from './pem'
import { readPublicKeyFile } from './public-key-file'
import { certificatePem } from './testing/certificate'

const { bytes } = readPem(certificatePem)
// openssl x509 -noout -pubkey | openssl pkey -pubin -outform DER | xxd -p
const theirs =
  '3056301006072a8648ce3d020106052b8104000a0342000440b5d2c9db68700a2737cd3107b2138c3da2725693ade2472ec6248907febf939dea4b075770475537e75375d0379d4ee20937f489948ce84a329a4b62d8dc04'

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
