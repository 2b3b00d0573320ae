import type { KeyFileFormat } from '@/lib/crypto/key-file/read-result'
import type { KeyFileRefusal } from '@/lib/crypto/key-file/refusals'
import type { KeyFacts } from './key-facts'

/** Said by the page's code wherever a private key is asked for in the clear: it can't be asked for by accident. */
export const SERVER_WILL_SEE_IT = 'the officer acknowledged that the server will see the key'

export interface Kek {
  /** SubjectPublicKeyInfo DER. */
  spki: Uint8Array<ArrayBuffer>
  /** The full identifier, with its version. */
  kid: string
}

/** What the page asks of a key worker, one at a time. Passphrases are UTF-8, transferred, and filled with zeros. */
export type KeyWorkerRequest =
  /** Begins anew: whatever was known of the file before is wiped first. The worker reads the file itself. */
  | { ask: 'read'; file: Blob; passphrase?: Uint8Array<ArrayBuffer> }
  /** The same file again, with a passphrase. */
  | { ask: 'unlock'; passphrase: Uint8Array<ArrayBuffer> }
  /** Seals one of the found keys; all of them are wiped with it. */
  | { ask: 'seal'; key: number; kek: Kek }
  /** The one way out for a private key. All of them are wiped with it. */
  | { ask: 'private-jwk'; key: number; acknowledged: typeof SERVER_WILL_SEE_IT }

export type ReadAnswer =
  /** `leftOut`: why other private keys of the same file are not among them. */
  | { answer: 'keys'; format: KeyFileFormat; keys: KeyFacts[]; leftOut: readonly KeyFileRefusal[] }
  | { answer: 'passphrase-needed'; format: KeyFileFormat; cipher: string; kdf: string }
  | { answer: 'refused'; code: KeyFileRefusal; remedy: string; command: string | null }
  /** It is a transfer blob, or was to be one: it goes the way of a blob. */
  | { answer: 'transfer-blob' }
  | Failed

export type SealAnswer = { answer: 'sealed'; file: Uint8Array<ArrayBuffer> } | Failed
/** `VaultPrivateJwk` as JSON in UTF-8: bytes, so that whoever sends it can fill it with zeros. */
export type JwkAnswer = { answer: 'private-jwk'; jwk: Uint8Array<ArrayBuffer> } | Failed

/** `no-file`, `no-key`: nothing (more) is held. `kek`: not a key that can wrap. `failed`: anything else; no text goes out. */
export type Failed = { answer: 'failed'; because: 'no-file' | 'no-key' | 'kek' | 'failed' }

export type AnswerTo = { read: ReadAnswer; unlock: ReadAnswer; seal: SealAnswer; 'private-jwk': JwkAnswer }
export type KeyWorkerAnswer = AnswerTo[keyof AnswerTo]
