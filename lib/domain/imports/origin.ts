/**
 * How an imported key came, for good. Nothing here says that a key was made in an HSM: no blob can prove it.
 * - `transfer_blob`: a file that another tool wrapped under the KEK.
 * - `sealed_in_browser`: a key file, sealed under the KEK by our own code outside the server.
 * - `over_tls`: a private JWK, which the server saw on its way to the vault.
 */
export const IMPORT_ORIGINS = ['transfer_blob', 'sealed_in_browser', 'over_tls'] as const
export type ImportOrigin = (typeof IMPORT_ORIGINS)[number]

/** What a submitted blob may be said to be: the third way is told by the action itself. */
export type BlobOrigin = Exclude<ImportOrigin, 'over_tls'>

export interface OriginWords {
  /** For a list. */
  short: string
  title: string
  /** What is known of it, by whose word, and what is not. */
  sentence: string
}

export const IMPORT_ORIGIN_WORDS = {
  transfer_blob: {
    short: 'Transfer blob',
    title: 'Transfer blob wrapped elsewhere',
    sentence:
      'Another tool wrapped the key under the KEK before it came here. Whether an HSM or a program made it, the blob does not tell.',
  },
  sealed_in_browser: {
    short: 'Sealed in the browser',
    title: 'Software key, sealed in the browser',
    sentence:
      'A key file was sealed under the KEK outside this server, which saw ciphertext alone. That rests on the word of the browser, or on the generator that the blob names.',
  },
  over_tls: {
    short: 'Seen by the server',
    title: 'Software key, seen by the server on its way',
    sentence:
      'The private key passed through this server on its way to the vault. The importer acknowledged it; the server kept nothing of it.',
  },
} as const satisfies Record<ImportOrigin, OriginWords>

/** What our own sealing code writes into a blob as its generator. `version` starts with a digit. */
export const ownGenerator = (version: string): string => `Drawbridge ${version}`

/** Whether a blob names our own sealing code as its generator. */
export const isOwnGenerator = (generator: string | null | undefined): boolean =>
  /^Drawbridge \d/.test(generator?.trim() ?? '')

/**
 * The origin of a blob: the browser's word, but a blob that names our sealing code is a software key whatever the browser
 * says. Who claims the less trusted origin is believed.
 */
export function originOfBlob(declared: BlobOrigin, generator: string | null | undefined): BlobOrigin {
  return isOwnGenerator(generator) ? 'sealed_in_browser' : declared
}
