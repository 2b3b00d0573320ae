import { parseTransferBlob, sha256Hex, type TransferBlob } from '@/lib/crypto'
import type { PreflightInput, TransferFile } from './input'

/** Reads a chosen file once, for preflight. Never refuses: what is wrong becomes rows of the report. */
export async function readTransferFile(bytes: Uint8Array): Promise<TransferFile> {
  const parsed = parseTransferBlob(bytes)
  const sha256 = await sha256Hex(bytes)
  const changes = parsed.ok ? parsed.changes : []
  const sent = parsed.ok && changes.length > 0 ? await sha256Hex(parsed.normalisedBytes) : sha256
  return { parsed, length: bytes.length, sha256, sentSha256: parsed.ok ? sent : null, changes }
}

/** The blob in a readable file. */
export const blobOf = ({ file }: PreflightInput): TransferBlob | undefined =>
  file?.parsed.ok ? file.parsed.blob : undefined
