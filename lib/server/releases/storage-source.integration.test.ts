import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { azuriteConnection, endAzurite, startAzurite } from '@/lib/local-vault/testing/start-azurite'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { readLogs } from './read-logs'
import { storageSource } from './storage-source'

let testConsole: TestConsole
let azurite: { child: ChildProcess; port: string }
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-azurite-'))
  ;[testConsole, azurite] = await Promise.all([createTestConsole(), startAzurite(folder)])
}, 60_000)
afterAll(async () => {
  await endAzurite(azurite.child)
  await testConsole.close()
  rmSync(folder, { recursive: true, force: true })
})

const BLOB =
  'resourceId=/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/CONTOSO/y=2026/m=11/d=22/h=10/m=00/PT1H.json'

const line = (at: number) =>
  `${JSON.stringify({
    time: `2026-11-22T10:00:0${at}.0000000Z`,
    operationName: 'KeyRelease',
    resultSignature: 'OK',
    correlationId: `call-${at}`,
    properties: { id: 'https://contoso.vault.azure.net/keys/guarded', httpStatusCode: 200 },
    resourceId: '/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/CONTOSO',
  })}\n`

it('reads append blobs of a storage account as they grow, each record once, and tells an account that is away', async () => {
  const { ctx } = testConsole
  const service = BlobServiceClient.fromConnectionString(azuriteConnection(azurite.port))
  const container = service.getContainerClient('insights-logs-auditevent')
  await container.create()
  const blob = container.getAppendBlobClient(BLOB)
  await blob.create()
  const append = (text: string) => blob.appendBlock(text, Buffer.byteLength(text))
  const source = storageSource(azuriteConnection(azurite.port))
  const seen = async () => {
    await readLogs(ctx, [source])
    const rows = await ctx.db.logRecord.findMany({ where: { vault: 'contoso' }, orderBy: { at: 'asc' } })
    return rows.map(({ correlationId }) => correlationId)
  }

  expect(await seen()).toEqual([])
  await append(line(1) + line(2) + line(3).slice(0, 50))
  expect(await seen()).toEqual(['call-1', 'call-2'])
  await append(line(3).slice(50))
  await append(line(1))
  expect(await seen()).toEqual(['call-1', 'call-2', 'call-3'])
  const file = await ctx.db.logFile.findFirstOrThrow({ where: { place: source.place } })
  expect(Number(file.readTo)).toBe((await blob.getProperties()).contentLength)
  expect(source.place).not.toContain('AccountKey')

  const away = storageSource(azuriteConnection(azurite.port).replace(azurite.port, '9'))
  await readLogs(ctx, [away])
  const told = await ctx.db.logSource.findUniqueOrThrow({ where: { place: away.place } })
  expect(told).toMatchObject({ readAt: null, problemAt: expect.any(Date) })
}, 120_000)
