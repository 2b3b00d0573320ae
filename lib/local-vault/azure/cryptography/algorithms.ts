export type Digest = { name: 'sha256' | 'sha384' | 'sha512'; bytes: number; derPrefix: Buffer }

const digest = (name: Digest['name'], bytes: number, prefix: string): Digest => ({
  name,
  bytes,
  derPrefix: Buffer.from(prefix, 'hex'),
})

/** DigestInfo prefixes of RFC 8017, section 9.2, note 1. */
const sha256 = digest('sha256', 32, '3031300d060960864801650304020105000420')
const sha384 = digest('sha384', 48, '3041300d060960864801650304020205000430')
const sha512 = digest('sha512', 64, '3051300d060960864801650304020305000440')

export type RsaSignature =
  | { family: 'RSA'; scheme: 'pkcs1' | 'pss'; digest: Digest }
  | { family: 'RSA'; scheme: 'null' }
export type EcSignature = { family: 'EC'; digest: Digest }
export type Hmac = { family: 'oct'; hash: Digest['name'] }
export type SignatureAlgorithm = RsaSignature | EcSignature | Hmac

/**
 * How each signature is made. The caller sends the digest, of exactly the algorithm's length; ES* signatures are raw r||s.
 * RSNULL pads what it is given without a DigestInfo; HS* is the HMAC of what it is given. Which key takes which algorithm
 * stands in `algorithm-matrix.ts`.
 */
export const signatureAlgorithms = {
  RS256: { family: 'RSA', scheme: 'pkcs1', digest: sha256 },
  RS384: { family: 'RSA', scheme: 'pkcs1', digest: sha384 },
  RS512: { family: 'RSA', scheme: 'pkcs1', digest: sha512 },
  RSNULL: { family: 'RSA', scheme: 'null' },
  PS256: { family: 'RSA', scheme: 'pss', digest: sha256 },
  PS384: { family: 'RSA', scheme: 'pss', digest: sha384 },
  PS512: { family: 'RSA', scheme: 'pss', digest: sha512 },
  ES256: { family: 'EC', digest: sha256 },
  ES256K: { family: 'EC', digest: sha256 },
  ES384: { family: 'EC', digest: sha384 },
  ES512: { family: 'EC', digest: sha512 },
  HS256: { family: 'oct', hash: 'sha256' },
  HS384: { family: 'oct', hash: 'sha384' },
  HS512: { family: 'oct', hash: 'sha512' },
} as const satisfies Record<string, SignatureAlgorithm>

export type RsaCipher = { family: 'RSA'; scheme: 'oaep'; hash: 'sha1' | 'sha256' } | { family: 'RSA'; scheme: 'pkcs1' }
/** `kw` is RFC 3394, `kwp` RFC 5649. The key's own length says which AES it is. */
export type AesCipher = { family: 'oct'; scheme: 'gcm' | 'cbc' | 'cbcpad' | 'kw' | 'kwp' }
export type CipherAlgorithm = RsaCipher | AesCipher

const gcm = { family: 'oct', scheme: 'gcm' } as const
const cbc = { family: 'oct', scheme: 'cbc' } as const
const cbcpad = { family: 'oct', scheme: 'cbcpad' } as const
const kw = { family: 'oct', scheme: 'kw' } as const

/** How each cipher works, to encrypt or to wrap. */
export const cipherAlgorithms = {
  RSA1_5: { family: 'RSA', scheme: 'pkcs1' },
  'RSA-OAEP': { family: 'RSA', scheme: 'oaep', hash: 'sha1' },
  'RSA-OAEP-256': { family: 'RSA', scheme: 'oaep', hash: 'sha256' },
  A128GCM: gcm,
  A192GCM: gcm,
  A256GCM: gcm,
  A128CBC: cbc,
  A192CBC: cbc,
  A256CBC: cbc,
  A128CBCPAD: cbcpad,
  A192CBCPAD: cbcpad,
  A256CBCPAD: cbcpad,
  A128KW: kw,
  A192KW: kw,
  A256KW: kw,
  CKM_AES_KEY_WRAP: kw,
  CKM_AES_KEY_WRAP_PAD: { family: 'oct', scheme: 'kwp' },
} as const satisfies Record<string, CipherAlgorithm>

export type SignatureName = keyof typeof signatureAlgorithms
export type CipherName = keyof typeof cipherAlgorithms
export type AlgorithmName = SignatureName | CipherName
