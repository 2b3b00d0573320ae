import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startLocalVault } from '../server'
import { auditFiles } from '../testing/read-audit-records'
import { azuriteConnection, endAzurite, startAzurite } from '../testing/start-azurite'
import { clientsOf } from '../testing/start-test-vault'

let azurite: ChildProcess
let folder: string
let port: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-vault-azurite-'))
  ;({ child: azurite, port } = await startAzurite(folder))
}, 60_000)
afterAll(async () => {
  await endAzurite(azurite)
  rmSync(folder, { recursive: true, force: true })
})

const connectionString = () => azuriteConnection(port)

const container = () =>
  BlobServiceClient.fromConnectionString(connectionString()).getContainerClient('insights-logs-auditevent')

async function blobs(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const { name, properties } of container().listBlobsFlat()) {
    expect(properties.blobType).toBe('AppendBlob')
    found[name] = (await container().getBlobClient(name).downloadToBuffer()).toString('utf8')
  }
  return found
}

it('copies the files of the audit log to append blobs: after an outage and a restart, too, nothing lost and nothing twice', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
  const start = () => startLocalVault({ dataFolder, auditLog: { storage: connectionString() } })
  const local = (description: { auditLog: string }) =>
    Object.fromEntries(
      auditFiles(description).map((path) => [
        path.slice('insights-logs-auditevent/'.length),
        readFileSync(join(description.auditLog, path), 'utf8'),
      ]),
    )
  const shipped = (description: { auditLog: string }) =>
    vi.waitFor(async () => expect(await blobs()).toEqual(local(description)), { timeout: 30_000, interval: 100 })

  const first = await start()
  const { raw, rawHsm } = clientsOf(first.description)
  for (let at = 0; at < 5; at += 1) await raw('GET', `/keys/first-${at}`)
  await rawHsm('GET', '/keys/first')
  await shipped(first.description)
  expect(Object.keys(await blobs())).toHaveLength(2)

  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await endAzurite(azurite)
  for (let at = 0; at < 5; at += 1) expect((await raw('GET', `/keys/outage-${at}`)).status).toBe(404)
  await vi.waitFor(() => expect(complaint).toHaveBeenCalledWith(expect.stringContaining('wait for their storage')))
  complaint.mockRestore()
  await first.close()
  ;({ child: azurite, port } = await startAzurite(folder, port))

  const second = await start()
  await clientsOf(second.description).raw('GET', '/keys/second')
  await shipped(second.description)
  expect(
    Object.values(await blobs())
      .join('')
      .split('\n'),
  ).toHaveLength(13)
  await second.close()
  rmSync(dataFolder, { recursive: true, force: true })
}, 120_000)

it('refuses a connection string that is none with a sentence', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
  const started = startLocalVault({ dataFolder, auditLog: { storage: 'not one' } })
  await expect(started).rejects.toThrow('The connection string of the audit log')
  rmSync(dataFolder, { recursive: true, force: true })
})
