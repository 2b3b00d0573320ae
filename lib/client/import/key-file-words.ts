import type { KeyFileFormat } from '@/lib/crypto/key-file/read-result'

/** What a key file is, for people. */
export const FORMAT_WORDS = {
  pkcs8: 'PKCS#8',
  'encrypted-pkcs8': 'Encrypted PKCS#8',
  pkcs1: 'PKCS#1 (RSA)',
  sec1: 'SEC 1 (EC)',
  'openssl-legacy': 'OpenSSL’s older encrypted PEM',
  openssh: 'OpenSSH',
  pkcs12: 'PKCS#12',
  jwk: 'JSON Web Key',
  'jwk-set': 'JSON Web Key Set',
  raw: 'Raw symmetric key',
} as const satisfies Record<KeyFileFormat, string>
