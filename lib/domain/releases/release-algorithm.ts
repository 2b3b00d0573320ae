/**
 * How a released key is wrapped: RSA-OAEP of a fresh AES key under the environment's key, then AES-KWP of the released one.
 * The algorithms differ by OAEP's hash alone; the first is what a vault takes where none is named.
 */
export const RELEASE_ALGORITHMS = ['CKM_RSA_AES_KEY_WRAP', 'RSA_AES_KEY_WRAP_256', 'RSA_AES_KEY_WRAP_384'] as const
export type ReleaseAlgorithm = (typeof RELEASE_ALGORITHMS)[number]

export const RELEASE_ALGORITHM_WORDS = {
  CKM_RSA_AES_KEY_WRAP: 'OAEP with SHA-1, the vault’s default',
  RSA_AES_KEY_WRAP_256: 'OAEP with SHA-256',
  RSA_AES_KEY_WRAP_384: 'OAEP with SHA-384',
} as const satisfies Record<ReleaseAlgorithm, string>
