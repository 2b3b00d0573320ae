import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** Azurite's own account, which is the same everywhere and documented. */
const accountName = 'devstoreaccount1'
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

/** The official emulator of a storage account; `wanted` is its port, 0 for any. */
export async function startAzurite(folder: string, wanted = '0'): Promise<{ child: ChildProcess; port: string }> {
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js')
  // The official client speaks a newer api-version than this emulator knows; append blobs are the same in both.
  const options = [
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--silent',
    '--location',
    folder,
    '--blobPort',
    wanted,
  ]
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) {
    const port = /successfully listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port) {
      child.stdout.resume()
      return { child, port }
    }
  }
  throw new Error('Azurite ended before it listened.')
}

/** Returns when it has ended. */
export function endAzurite(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

export const azuriteConnection = (port: string) =>
  `DefaultEndpointsProtocol=http;AccountName=${accountName};AccountKey=${accountKey};BlobEndpoint=http://127.0.0.1:${port}/${accountName};`
