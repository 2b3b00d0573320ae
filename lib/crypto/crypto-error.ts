/** Every reason for which `lib/crypto` refuses input. Closed: a new one needs its sentence below. */
export type CryptoErrorCode =
  | 'base64-invalid'
  | 'hex-invalid'
  | 'json-invalid'
  | 'json-duplicate-member'
  | 'der-invalid'
  | 'der-too-wide'
  | 'pem-invalid'
  | 'spki-invalid'
  | 'spki-unsupported'
  | 'jwk-invalid'
  | 'point-not-on-curve'
  | 'certificate-invalid'
  | 'public-key-unrecognised'
  | 'private-key-given'
  | 'key-length'
  | 'kwp-length'
  | 'kwp-integrity'
  | 'kek-unsupported'
  | 'seal-failed'
  | 'key-wiped'

/** What each code means, in words that may be shown. They never hold input. */
export const cryptoErrorMessages = {
  'base64-invalid': 'The text is not valid base64.',
  'hex-invalid': 'The text is not valid hexadecimal.',
  'json-invalid': 'The text is not valid JSON.',
  'json-duplicate-member': 'A JSON object holds the same member twice.',
  'der-invalid': 'The bytes are not valid DER.',
  'der-too-wide': 'A list in the DER has more entries than are read.',
  'pem-invalid': 'The text holds no complete PEM block.',
  'spki-invalid': 'The bytes are not a SubjectPublicKeyInfo.',
  'spki-unsupported': 'The public key is of a kind that is not supported: RSA, P-256, P-384, P-521 and P-256K are.',
  'jwk-invalid': 'The JSON Web Key is not a valid public key.',
  'point-not-on-curve': 'The public key is not a point of its curve.',
  'certificate-invalid': 'The bytes are not an X.509 certificate.',
  'public-key-unrecognised': 'No public key was recognised.',
  'private-key-given': 'This is a private key. Only a public key belongs here.',
  'key-length': 'An AES key has 16, 24 or 32 bytes.',
  'kwp-length': 'The length is impossible for AES key wrap with padding.',
  'kwp-integrity': 'The wrapped key does not open: a wrong key, or changed bytes.',
  'kek-unsupported': 'The key exchange key must be RSA of 2048, 3072 or 4096 bits.',
  'seal-failed': 'The key could not be sealed under the key exchange key.',
  'key-wiped': 'The key was filled with zeros: it was sealed, or put away.',
} satisfies Record<CryptoErrorCode, string>

/** The only error that `lib/crypto` throws. Its message is fixed by the code, so it can't carry input. */
export class CryptoError extends Error {
  readonly code: CryptoErrorCode

  constructor(code: CryptoErrorCode, options?: { cause?: unknown }) {
    super(cryptoErrorMessages[code], options)
    this.name = 'CryptoError'
    this.code = code
  }
}
