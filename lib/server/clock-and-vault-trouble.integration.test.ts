import http from 'node:http'
import net from 'node:net'
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline'
import { afterEach, describe, expect, it } from 'vitest'
import { ACTS } from '@/lib/testing/faults/acts'
import { type Sweep, startSweep } from '@/lib/testing/faults/sweep'
import { makeBlob, SHAPES, submission } from '@/lib/testing/transfer'
import { submitImport } from './imports/submit-import'
import { listSources } from './inventory/list-sources'
import { refreshInBackground } from './inventory/refresh-connection'
import { reconcileOperation } from './operations/reconcile-operation'
import { getStatus } from './status/get-status'

const HOUR_MS = 3_600_000
const PATIENCE_MS = 120_000

let sweep: Sweep
afterEach(() => sweep.close())

/** What the act's client is told. */
async function told(act: keyof typeof ACTS): Promise<string | undefined> {
  await sweep.perform(await ACTS[act](sweep.ground), sweep.console.ctx)
  const answer = sweep.told().at(-1)?.answer
  return answer?.ok ? 'ok' : answer?.code
}

/** Nobody was made or changed within the hours that clocks are apart. */
async function makePeopleOlder(): Promise<void> {
  const before = new Date(Date.now() - 24 * HOUR_MS)
  await sweep.console.ctx.db.person.updateMany({ data: { createdAt: before, changedAt: before } })
}

describe('a console whose clock is', () => {
  it.each([
    ['an hour ahead of the database and the vault', HOUR_MS],
    ['an hour behind them', -HOUR_MS],
  ])(
    '%s does what it says',
    async (_, offset) => {
      sweep = await startSweep()
      sweep.begin()
      await makePeopleOlder()
      sweep.console.advance(offset)
      for (const act of ['import', 'enable', 'enable by check value', 'disable'] as const)
        expect(await told(act), act).toBe('ok')
      const { ctx, actors } = sweep.console
      const { clockAheadMs } = await getStatus(ctx, actors.auditor)
      expect(Math.abs((clockAheadMs ?? 0) - offset)).toBeLessThan(60_000) // every page says so
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )

  it(
    'an hour behind lets nobody decide whom another console made meanwhile',
    async () => {
      sweep = await startSweep()
      sweep.begin()
      sweep.console.advance(-HOUR_MS)
      expect(await told('enable')).toBe('changed-since-submission')
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )

  it(
    'so far behind that its approvals have lapsed when they are given enables nothing, and says why',
    async () => {
      sweep = await startSweep()
      sweep.begin()
      const act = await ACTS.enable(sweep.ground)
      sweep.console.advance(-25 * HOUR_MS)
      await sweep.perform(act, sweep.console.ctx)
      expect(sweep.told().at(-1)?.answer).toEqual({ ok: false, code: 'approval-expired' })
      sweep.console.advance(25 * HOUR_MS)
      expect(await sweep.judge()).toEqual([])
    },
    PATIENCE_MS,
  )
})

/** A wire that can be pulled: then every connection is refused, as by a vault that is down. */
function pluggedWire(): { httpClient: HttpClient; pull: () => void; plug: () => void } {
  const client = createDefaultHttpClient()
  let pulled = false
  const nowhere = new http.Agent({ keepAlive: false })
  nowhere.createConnection = () => net.connect(1, '127.0.0.1')
  return {
    httpClient: {
      sendRequest: (request) => {
        if (pulled) request.agent = nowhere
        return client.sendRequest(request)
      },
    },
    pull: () => {
      pulled = true
    },
    plug: () => {
      pulled = false
    },
  }
}

describe('a vault that is down for an hour', () => {
  it(
    'leaves what it was told to do open, is said to be silent, and gives the outcome when it is back',
    async () => {
      const wire = pluggedWire()
      sweep = await startSweep({ timeouts: { write: 1_500 }, httpClient: wire.httpClient })
      const { console: sound, ground } = sweep
      const { ctx, actors, connections } = sound
      const kek = ground.keks.get(connections.vault.id)
      if (!kek) throw new Error('no KEK')
      await refreshInBackground(ctx, connections.vault)
      const name = 'hold-import-after-commit-down'
      const blob = await makeBlob(kek, SHAPES.p256)
      const input = await submission(sound, connections.vault, kek, blob, { name, shape: SHAPES.p256 })
      const submitting = submitImport(ctx, actors.custodian, input)
      await expect.poll(sound.held, { timeout: 15_000 }).toContain(name)
      wire.pull()
      expect(await submitting).toMatchObject({ ok: true })
      const { id } = await ctx.db.operation.findFirstOrThrow({ where: { keyName: name } })

      for (let minute = 0; minute < 60; minute += 20) {
        sound.advance(20 * 60_000)
        expect(await reconcileOperation(ctx, id)).toBe('ask-again')
      }
      await refreshInBackground(ctx, connections.vault)
      expect(await ctx.db.operation.findUnique({ where: { id } })).toMatchObject({ status: 'indeterminate' })
      expect(await ctx.db.import.findFirst({ where: { keyName: name } })).toMatchObject({ status: 'indeterminate' })
      const source = (await listSources(ctx)).find(({ connectionId }) => connectionId === connections.vault.id)
      expect(source).toMatchObject({ state: 'not_answering', indexedAt: expect.any(String) })
      expect(await ctx.db.keyRecord.count({ where: { connectionId: connections.vault.id } })).toBeGreaterThan(0)

      wire.plug()
      await sound.release(name)
      expect(await reconcileOperation(ctx, id)).toBe('done')
      expect(await ctx.db.import.findFirst({ where: { keyName: name } })).toMatchObject({ status: 'awaiting_review' })
      await refreshInBackground(ctx, connections.vault)
      const again = (await listSources(ctx)).find(({ connectionId }) => connectionId === connections.vault.id)
      expect(again).toMatchObject({ state: 'answering' })
    },
    PATIENCE_MS,
  )
})
