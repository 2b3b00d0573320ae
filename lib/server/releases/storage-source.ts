import 'server-only'
import { BlobServiceClient, ContainerClient, RestError, type StoragePipelineOptions } from '@azure/storage-blob'
import { isLogPath, type LogFileSeen, type LogSource } from './log-source'

/** The container that Azure Monitor makes for audit events. */
const CONTAINER = 'insights-logs-auditevent'
const OPTIONS: StoragePipelineOptions = { retryOptions: { maxTries: 3, tryTimeoutInMs: 30_000 } }

/** A storage account by its connection string, or a container by its address with a shared access signature. */
export function storageSource(where: string): LogSource {
  const container = where.startsWith('https://')
    ? new ContainerClient(where, undefined, OPTIONS)
    : BlobServiceClient.fromConnectionString(where, OPTIONS).getContainerClient(CONTAINER)
  const { origin, pathname } = new URL(container.url)
  return {
    place: `storage:${origin}${pathname}`,
    list: () => blobsOf(container),
    read: (path, from, length) => readPart(container, path, from, length),
  }
}

async function* blobsOf(container: ContainerClient): AsyncIterable<LogFileSeen> {
  for await (const { name, properties } of container.listBlobsFlat()) {
    if (isLogPath(name)) yield { path: name, size: properties.contentLength ?? 0 }
  }
}

async function readPart(container: ContainerClient, path: string, from: number, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0)
  try {
    const { readableStreamBody } = await container.getBlobClient(path).download(from, length)
    const parts: Buffer[] = []
    for await (const part of readableStreamBody ?? []) parts.push(Buffer.from(part))
    return Buffer.concat(parts)
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 416) return Buffer.alloc(0) // from its end on there is nothing
    throw error
  }
}
