import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '@/lib/server/db/client'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { inTransaction } from '../db/transaction'
import { collectMetrics } from './collect'
import { countingCalls, observeAction, observeRequest } from './observe'
import { readSharedState } from './read-state'
import { serveMetrics } from './serve-metrics'

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const textOf = async () => (await collectMetrics(testConsole.ctx)).text

describe('metrics', () => {
  it('tell what the database holds: live sessions, waiting jobs, open intents', async () => {
    const { ctx, connections, actors } = testConsole
    const live = (await readSharedState(ctx)).sessions
    expect(live).toBe(Object.keys(actors).length)
    await ctx.db.session.update({ where: { id: actors.viewer.sessionId }, data: { endedAt: ctx.clock() } })
    await ctx.db.operation.create({
      data: {
        id: randomUUID(),
        kind: 'import_key',
        connectionId: connections.vault.id,
        keyName: 'payments-signing',
        actorId: actors.custodian.personId,
        params: {},
        status: 'pending',
        startedAt: new Date(ctx.clock().getTime() - 90_000),
        deadlineAt: ctx.clock(),
      },
    })
    await inTransaction(ctx.db, (tx) => ctx.jobs.send(tx, 'reconcile-operation', { operationId: randomUUID() }))
    const state = await readSharedState(ctx)
    expect(state).toMatchObject({ pending: 1, indeterminate: 0, reviews: 0, alarms: 0, sessions: live - 1 })
    expect(state.oldestOperation).toBeGreaterThanOrEqual(90)
    const text = await textOf()
    expect(text).toContain('drawbridge_operations_open{status="pending"} 1')
    expect(text).toContain('drawbridge_jobs{job="reconcile-operation",state="waiting"} 1')
    expect(text).toContain('drawbridge_connections{state="not_known"} 2')
    expect(text).toContain('drawbridge_database_up 1')
    expect(text).not.toContain('payments-signing')
  })

  it('count requests, actions and vault calls by names of this code’s own', async () => {
    observeRequest({ method: 'BREW', route: '/keys', status: 200, ms: 12 })
    observeAction('imports.submit', 'ok', 40)
    const observer = countingCalls({ worked: () => undefined, failed: () => undefined })
    observer.worked('import', 30)
    const text = await textOf()
    expect(text).toContain(
      'drawbridge_http_request_duration_seconds_count{method="other",route="/keys",status="200"} 1',
    )
    expect(text).toContain('drawbridge_action_duration_seconds_sum{action="imports.submit",outcome="ok"} 0.04')
    expect(text).toContain('drawbridge_vault_call_duration_seconds_count{operation="import",outcome="ok"} 1')
  })

  it('of a database that does not answer say just that, and no number that was true before', async () => {
    await textOf()
    const db = createDatabase('postgres://nobody:nothing@127.0.0.1:1/nowhere')
    const { text } = await collectMetrics({ ...testConsole.ctx, db })
    await db.$disconnect()
    expect(text).toContain('drawbridge_database_up 0')
    expect(text).not.toMatch(/^drawbridge_(?:sessions_live|reviews_waiting|alarms_unacknowledged)\b[^\n]*\d$/m)
    expect(text).not.toMatch(/^drawbridge_(?:jobs|operations_open)\{/m)
    expect(text).toContain('drawbridge_http_request_duration_seconds_count')
  })

  it('are on their own port, at one address, to be read and nothing else', async () => {
    const server: Server = await serveMetrics(testConsole.ctx, { host: '127.0.0.1', port: 0 })
    const { port } = server.address() as AddressInfo // listening on TCP
    const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method })
    const answer = await ask('/metrics')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    expect((await ask('/')).status).toBe(404)
    expect((await ask('/metrics', 'POST')).status).toBe(405)
    server.close()
  })
})
