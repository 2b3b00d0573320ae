/** Every reason for which a key file is refused. Closed: a new one needs its sentence below. */
export type KeyFileRefusal =
  | 'empty'
  | 'too-large'
  | 'not-recognised'
  | 'damaged'
  | 'wrong-passphrase'
  | 'kdf-beyond-limits'
  | 'unsupported-protection'
  | 'certificate-only'
  | 'public-key-only'
  | 'certificate-request'
  | 'no-private-key'
  | 'edwards-curve'
  | 'rsa-pss-only'
  | 'rsa-multi-prime'
  | 'rsa-size'
  | 'dsa'
  | 'unsupported-algorithm'
  | 'unsupported-curve'
  | 'explicit-curve'
  | 'java-keystore'
  | 'pgp'
  | 'putty'
  | 'microsoft-key'
  | 'transfer-blob'
  | 'jwk-invalid'
  | 'symmetric-length'
  | 'rsa-inconsistent'
  | 'rsa-exponent'
  | 'rsa-weak'
  | 'ec-inconsistent'
  | 'key-inconsistent'

/** What is wrong and what to do. `remedy` is the whole sentence that is shown; a value may be added after it. */
export const keyFileRefusals = {
  empty: 'The file is empty. Choose the file that holds the private key.',
  'too-large': 'The file is larger than a key file can be. Choose the file that holds the private key alone.',
  'not-recognised': 'No key format was recognised. Give PEM, DER, PKCS#12, OpenSSH, JWK, or 16, 24 or 32 raw bytes.',
  damaged: 'The file starts like a key file and is then broken: cut off, or changed. Export it again.',
  'wrong-passphrase': 'The passphrase does not open the file, or the file is damaged. Try the passphrase once more.',
  'kdf-beyond-limits': 'The file’s key derivation asks for more work than is taken on. Export it with a smaller cost.',
  'unsupported-protection': 'The file is encrypted in a way that is not read here. Encrypt it anew with AES-256.',
  'certificate-only': 'This is a certificate: it holds the public key alone. Choose the file with the private key.',
  'public-key-only': 'This is a public key. Choose the file with the private key.',
  'certificate-request': 'This is a certificate request: it holds the public key alone. Choose the private key’s file.',
  'no-private-key': 'The file holds no private key. Export it together with its private key.',
  'edwards-curve': 'Ed25519, Ed448, X25519 and X448 keys can’t be imported: the vault takes none of them.',
  'rsa-pss-only': 'The key is bound to RSA-PSS alone, which the vault can’t be told. Re-encode it as a plain RSA key.',
  'rsa-multi-prime': 'The RSA key has more than two primes. The vault takes keys of two primes.',
  'rsa-size': 'The vault takes RSA keys of 2048, 3072 and 4096 bits.',
  dsa: 'DSA and Diffie-Hellman keys can’t be imported: the vault takes neither.',
  'unsupported-algorithm': 'The key is of another algorithm than RSA, ECDSA or AES. The vault takes none of that kind.',
  'unsupported-curve': 'The vault takes the curves P-256, P-384, P-521 and P-256K (secp256k1), not this one.',
  'explicit-curve': 'The file describes a curve of its own that is none of the named ones. It is not used.',
  'java-keystore': 'This is a Java keystore (JKS or JCEKS). Convert it to PKCS#12 first.',
  pgp: 'This is an OpenPGP key. It can’t be imported as a vault’s key.',
  putty: 'This is a PuTTY key. Export it in OpenSSH’s format with PuTTYgen first.',
  'microsoft-key': 'This is a key in a format of Microsoft’s own: PVK, a key blob, or XML. Convert it to PEM first.',
  'transfer-blob': 'This is a transfer blob: it is sealed already. Import it as the transfer blob that it is.',
  'jwk-invalid': 'The JSON is not a valid private JSON Web Key.',
  'symmetric-length': 'A symmetric key has 16, 24 or 32 bytes: as they are, in hexadecimal, or in base64.',
  'rsa-inconsistent': 'The RSA key’s numbers contradict each other: it is damaged, or was put together wrongly.',
  'rsa-exponent':
    'The RSA key’s public exponent has to be odd, at least 65537 (FIPS 186-5) and of at most 33 bits. Generate a new key.',
  'rsa-weak': 'The RSA key can be broken: its modulus or its primes are of a known weak kind. Generate a new key.',
  'ec-inconsistent':
    'The elliptic curve key’s halves contradict each other: it is damaged, or was put together wrongly.',
  'key-inconsistent': 'A signature by the key does not verify under its public half. Don’t use this key.',
} satisfies Record<KeyFileRefusal, string>

/** A refusal on its way out of a reader: `readKeyFile` turns it into its result, and nothing else catches it. */
export class KeyFileRefused extends Error {
  readonly code: KeyFileRefusal
  /** Added to the sentence: a value, a name, what exactly contradicts. Never a byte of the file. */
  readonly detail: string | undefined
  readonly command: string | undefined

  constructor(code: KeyFileRefusal, more: { detail?: string; command?: string; cause?: unknown } = {}) {
    super(keyFileRefusals[code], { cause: more.cause })
    this.name = 'KeyFileRefused'
    this.code = code
    this.detail = more.detail
    this.command = more.command
  }
}
