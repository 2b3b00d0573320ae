import type { KeyFileRefusal } from '@/lib/crypto/key-file/refusals'
import { parseTransferBlob, type TransferBlobRefusal } from '@/lib/crypto/transfer-blob'

/** Refusals that say no more than that nothing was recognised: the checks of a transfer blob may say better what it is. */
const UNSPECIFIC: readonly KeyFileRefusal[] = ['transfer-blob', 'not-recognised', 'empty', 'too-large']
/** Refusals that a transfer blob in disguise might meet too. */
const DOUBTFUL: readonly KeyFileRefusal[] = ['jwk-invalid', 'damaged', 'symmetric-length']
/** Refusals of the blob's parser that any other file meets. */
const NOT_A_BLOB: readonly TransferBlobRefusal[] = [
  'raw-binary',
  'base64-of-binary',
  'pem-private-key',
  'pem',
  'not-an-object',
  'header-missing',
]

/** Whether a file that is refused as a key file was to be a transfer blob. */
export function isBlobLike(code: KeyFileRefusal, bytes: Uint8Array): boolean {
  if (UNSPECIFIC.includes(code)) return true
  if (!DOUBTFUL.includes(code)) return false
  const parsed = parseTransferBlob(bytes)
  if (parsed.ok) return true
  if (parsed.code === 'not-json') return new TextDecoder().decode(bytes).includes('ciphertext')
  return !NOT_A_BLOB.includes(parsed.code)
}
