import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppendBlobClient, ContainerClient } from '@azure/storage-blob'
import { StartError } from '../start-error'
import { auditContainer } from './record-path'

/** Copies the audit log's files to append blobs of the same names. The files are the truth: an outage only makes the copy late. */
export type Shipping = {
  /** This file, named below the container, has grown. */
  grown(path: string): void
  stop(): Promise<void>
}

/** Lines that come within so short a while go in one block; a blob has 50,000 blocks at most. */
const togetherMs = 500
const retryMs = 5_000
/** The service takes 4 MiB in one block. */
const blockBytes = 1024 * 1024

export async function openShipping(auditFolder: string, connectionString: string): Promise<Shipping> {
  const container = await containerOf(connectionString)
  const root = join(auditFolder, auditContainer)
  const grown = new Set(await filesBelow(root))
  const ended = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let failed = false

  async function shipAll(): Promise<void> {
    await container.createIfNotExists({ abortSignal: ended.signal })
    for (const path of grown) {
      grown.delete(path)
      try {
        await ship(join(root, path), container.getAppendBlobClient(path), ended.signal)
      } catch (error) {
        grown.add(path)
        throw error
      }
    }
  }

  function sleep(ms: number): void {
    if (timer || running || ended.signal.aborted || grown.size === 0) return
    timer = setTimeout(wake, ms).unref()
  }

  function wake(): void {
    timer = undefined
    running = shipAll().then(succeed, fail)
  }

  function succeed(): void {
    failed = false
    running = undefined
    sleep(togetherMs)
  }

  function fail(error: unknown): void {
    running = undefined
    if (!failed && !ended.signal.aborted)
      console.error(`local vault: audit records wait for their storage account (${nameOf(error)})`)
    failed = true
    sleep(retryMs)
  }

  sleep(0)
  return {
    grown(path) {
      grown.add(path)
      sleep(failed ? retryMs : togetherMs)
    },
    async stop() {
      ended.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** Loaded only where somebody ships: it is large. */
async function containerOf(connectionString: string): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob')
  try {
    return BlobServiceClient.fromConnectionString(connectionString, {
      retryOptions: { maxTries: 1 },
    }).getContainerClient(auditContainer)
  } catch (cause) {
    throw new StartError(
      'bad-arguments',
      "The connection string of the audit log's storage account is not valid; mend it, or start with --audit-storage off.",
      { cause },
    )
  }
}

/** The blob begins as the file does, so its length says what is missing, and each block says where it belongs: none comes twice. */
async function ship(path: string, blob: AppendBlobClient, abortSignal: AbortSignal): Promise<void> {
  await blob.createIfNotExists({ blobHTTPHeaders: { blobContentType: 'application/json' }, abortSignal })
  const { contentLength = 0 } = await blob.getProperties({ abortSignal })
  const file = await open(path, 'r')
  try {
    for (let at = contentLength; ; ) {
      const lines = await readLines(file, at)
      if (lines.length === 0) return
      await blob.appendBlock(lines, lines.length, { conditions: { appendPosition: at }, abortSignal })
      at += lines.length
    }
  } finally {
    await file.close()
  }
}

/** Whole lines from here on; a record is far shorter than a block. */
async function readLines(file: FileHandle, at: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, at)
  return buffer.subarray(0, buffer.lastIndexOf('\n', bytesRead - 1) + 1)
}

async function filesBelow(root: string): Promise<string[]> {
  const paths = await readdir(root, { recursive: true })
  return paths.filter((path) => path.endsWith('.json'))
}

function nameOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : typeof error
}
