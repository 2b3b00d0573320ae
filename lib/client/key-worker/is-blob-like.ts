import type { KeyFileRefusal } from '@/lib/crypto/key-file/refusals'
import { parseTransferBlob, type TransferBlobRefusal } from '@/lib/crypto/transfer-blob'

/** Refusals that say no more than that nothing was recognised: the checks of a transfer blob may say better what it is. */
const UNSPECIFIC: readonly KeyFileRefusal[] = ['transfer-blob', 'not-recognised', 'empty', 'too-large']
/** Refusals that a transfer blob in disguise might meet too. */
const DOUBTFUL: readonly KeyFileRefusal[] = ['jwk-invalid', 'damaged', 'symmetric-length', 'unsupported-protection']
/** Refusals of the blob's parser that any other file meets. */
const NOT_A_BLOB: readonly TransferBlobRefusal[] = [
  'raw-binary',
  'base64-of-binary',
  'pem-private-key',
  'pem',
  'not-json',
]

const MEMBERS_OF_KEYS = /["'](?:kty|keys)["']/
/** Of a blob, or of the request that sends one. An encrypted JWK has none of them. */
const MEMBERS_OF_BLOBS = /["'](?:schema_version|generator|key_hsm)["']/

/** Whether a file that is refused as a key file was to be a transfer blob. */
export function isBlobLike(code: KeyFileRefusal, bytes: Uint8Array): boolean {
  if (UNSPECIFIC.includes(code)) return true
  if (!DOUBTFUL.includes(code)) return false
  const text = new TextDecoder().decode(bytes)
  if (MEMBERS_OF_BLOBS.test(text)) return true
  if (code === 'unsupported-protection') return false
  if (code === 'jwk-invalid') return !MEMBERS_OF_KEYS.test(text)
  const parsed = parseTransferBlob(bytes)
  return parsed.ok || !NOT_A_BLOB.includes(parsed.code)
}
