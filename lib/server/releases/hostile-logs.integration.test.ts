import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { folderSource } from './folder-source'
import { listReleases } from './list-releases'
import { readLogs } from './read-logs'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const NASTY = [
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=cmd|calc!A1', '\u0000zero', '\ud800 alone'],
  ...['\u202egnp.exe', "'; DROP TABLE log_record; --", '%s%n', '../../etc/passwd', '__proto__', 'x'.repeat(10_000)],
]
/** A text that somebody chose who wants something else than to be read. */
const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }), fc.jsonValue())

const hostile = fc
  .record({
    resultSignature: fc.constantFrom('OK', 'Forbidden'),
    resultDescription: nasty,
    callerIpAddress: nasty,
    correlationId: nasty,
    identity: fc.oneof(nasty, fc.record({ claim: fc.record({ oid: nasty, appid: nasty, upn: nasty }) })),
    properties: fc.oneof(nasty, fc.record({ id: nasty, requestUri: nasty, clientInfo: nasty })),
    operationName: fc.oneof({ weight: 6, arbitrary: fc.constant('KeyRelease') }, { weight: 1, arbitrary: nasty }),
    resourceId: fc.oneof({ weight: 6, arbitrary: fc.constant('/VAULTS/HOSTILE') }, { weight: 1, arbitrary: nasty }),
    time: fc.oneof({ weight: 6, arbitrary: fc.constant('2026-11-22T10:00:00Z') }, { weight: 1, arbitrary: nasty }),
  })
  .map((record) => JSON.stringify(record))
/** Lines with parts of them spoilt, as by a disk or by hand. */
const spoilt = fc.tuple(hostile, fc.nat(200)).map(([line, at]) => line.slice(0, at).replaceAll('\n', ' '))

/** Controls, what turns the direction of writing, and half characters. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Surrogate}]/u

describe('a log that somebody wrote with intent', () => {
  it('is read to its end: every line is a release that can be found, or named aside, or none of ours', async () => {
    const { ctx, actors } = testConsole
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(hostile, spoilt), { minLength: 1, maxLength: 30 }), async (lines) => {
        const folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-hostile-'))
        try {
          const good = JSON.stringify({
            ...{ time: '2026-11-22T11:00:00Z', operationName: 'KeyRelease', resultSignature: 'OK' },
            ...{ correlationId: path.basename(folder), resourceId: '/VAULTS/HOSTILE' },
          })
          writeFileSync(path.join(folder, 'PT1H.json'), [...lines, good, ''].join('\n'))
          await readLogs(ctx, [folderSource(folder)])
          const place = `folder:${folder}`
          const source = await ctx.db.logSource.findUniqueOrThrow({ where: { place } })
          expect(source).toMatchObject({ problemAt: null, readAt: expect.any(Date) })
          const text = path.basename(folder)
          const query = { text, from: null, to: null, decisions: [], first: [], cursor: null, pageSize: 50 }
          expect(await listReleases(ctx, actors.auditor, query)).toMatchObject({ total: 1 })
          const aside = await ctx.db.logRecordAside.findMany({ where: { place } })
          for (const { excerpt } of aside) expect(excerpt).not.toMatch(UNSHOWABLE)
        } finally {
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: 25 },
    )
    const shown = await ctx.db.logRecord.findMany({ where: { vault: 'hostile' } })
    for (const { upn, address, description, objectId } of shown)
      for (const text of [upn, address, description, objectId]) {
        expect(text ?? '').not.toMatch(UNSHOWABLE)
        expect((text ?? '').length).toBeLessThanOrEqual(512)
      }
  })
})
