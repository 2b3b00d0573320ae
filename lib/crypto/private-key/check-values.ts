import { cmac, ecb } from '@noble/ciphers/aes.js'
import type { RawSecretKey } from '../bytes'
import { keyCheckValueOf } from '../key-check-value'

/**
 * An AES key's check values: of the zero block in ECB (PKCS#11 `CKA_CHECK_VALUE`), and of AES-CMAC of one zero block
 * (ANSI X9.24-1:2017, annex A). Of 128, 192 and 256 bits alike, since Chromium's WebCrypto has no AES-192.
 */
export function aesCheckValues(key: RawSecretKey): { ecb: string; cmac: string } {
  const zeros = new Uint8Array(16)
  return {
    ecb: keyCheckValueOf(ecb(key, { disablePadding: true }).encrypt(zeros)),
    cmac: keyCheckValueOf(cmac(zeros, key)),
  }
}
