import type { TransferFile } from '@/lib/domain/preflight/input'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import type { FileFacts } from './wizard'

/** What is read of a file at most: more can't be a transfer blob, and preflight says so from this much. */
const READ_AT_MOST = 64 * 1024 + 1

interface Held {
  bytes: Uint8Array
  parsed: TransferFile
}

/**
 * The chosen file's bytes, for as long as one wizard is open: outside of React's state, every cache, the URL and
 * storage. The wizard makes one, and clears it when it is left.
 */
export function createHeldFile() {
  let held: Held | undefined
  let turn = 0

  function clear(): void {
    turn += 1
    held?.bytes.fill(0)
    held = undefined
  }

  /** Reads the file, keeps its bytes and answers its public facts. */
  async function take(file: File): Promise<FileFacts> {
    const reading = file.slice(0, READ_AT_MOST).arrayBuffer()
    return hold(
      file.name,
      reading.then((buffer) => new Uint8Array(buffer)),
    )
  }

  /** The same of bytes that were made here: a blob that was sealed in the browser. */
  async function put(name: string, bytes: Uint8Array): Promise<FileFacts> {
    return hold(name, bytes)
  }

  /** What was cleared, or followed by another file, while it was read is not held. */
  async function hold(name: string, given: Uint8Array | Promise<Uint8Array>): Promise<FileFacts> {
    clear()
    const mine = turn
    const bytes = await given
    const parsed = await readTransferFile(bytes)
    if (turn === mine) held = { bytes, parsed }
    return factsOf(name, parsed)
  }

  return { take, put, clear, bytes: () => held?.bytes, parsed: () => held?.parsed }
}
export type HeldFile = ReturnType<typeof createHeldFile>

function factsOf(name: string, file: TransferFile): FileFacts {
  const blob = file.parsed.ok ? file.parsed.blob : null
  return {
    name,
    length: file.length,
    sha256: file.sha256,
    sentSha256: file.sentSha256,
    changes: file.changes,
    kid: blob?.kid ?? null,
    generator: blob?.generator ?? null,
    ciphertextLength: blob?.ciphertext.length ?? null,
  }
}
