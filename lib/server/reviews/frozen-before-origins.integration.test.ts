import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { approve } from '@/lib/testing/journey/decide'
import { freeze } from './freeze'
import { readFrozenRequest } from './rebuild-request'
import { importKey, makeKek } from './testing/import-key'
import { ecSourceKey } from './testing/source-key'

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

/** As a version before this one froze it: the text knows no origin. The application itself could not write this. */
async function asBefore(importId: string): Promise<void> {
  const row = await testConsole.ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  const frozen = readFrozenRequest(row)
  if (!('origin' in frozen)) throw new Error('frozen without an origin')
  const { origin: _origin, schema: _schema, ...facts } = frozen
  const { text, sha256 } = freeze({ schema: 'drawbridge/import/1', ...facts })
  const owner = new pg.Client({ connectionString: testConsole.database.ownerUrl })
  await owner.connect()
  try {
    await owner.query('ALTER TABLE import DISABLE TRIGGER import_immutable')
    await owner.query('UPDATE import SET frozen_request = $1, frozen_sha256 = $2 WHERE id = $3', [
      text,
      sha256,
      importId,
    ])
    await owner.query('ALTER TABLE import ENABLE TRIGGER import_immutable')
  } finally {
    await owner.end()
  }
}

it('an import that waited while the console was upgraded is compared with what was frozen then, and enabled', async () => {
  const { ctx, actors, connections } = testConsole
  const connection = connections.vault
  const kekId = await makeKek(ctx, actors.custodian, connection, 'kek-of-before')
  const source = await ecSourceKey()
  const importId = await importKey({ ctx, actor: actors.custodian, connection, kekId, name: 'of-before', source })
  await asBefore(importId)
  expect(await approve(ctx, actors.custodian2, importId, source.recorded)).toMatchObject({ ok: true })
  expect(await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({ status: 'enabled' })
})
