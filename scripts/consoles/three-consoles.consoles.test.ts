import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodingsIn } from '@/lib/testing/journey/traces'
import { checkOutcomes } from '@/lib/testing/outcomes/check-outcomes'
import type { ToldCall } from '@/lib/testing/outcomes/logs'
import { readLogs } from '@/lib/testing/outcomes/read-logs'
import { type Family, findGates, type Gate, type Sealed, sealKey } from '../endure/crash/keys'
import { type Cluster, DRAIN_SECONDS, type LocalOfficer, startCluster } from './cluster'
import { answerIn, codeOf, type OfficerClient, request, signInAt, type Told } from './officer'
import { heldNames, logLines, metric, probe, release, until } from './watching'

// Three consoles of one build behind nginx, on one PostgreSQL. What one of them did, each of them knows.

const PATIENCE = 300_000
const NUMBERS = [0, 1, 2] as const
const MARKER = `typed-${randomUUID()}`

let cluster: Cluster
let gates: Record<Family, Gate>
let first: LocalOfficer
let second: LocalOfficer
let importer: OfficerClient
let approver: OfficerClient
const sealedKeys: Sealed[] = []
const told: ToldCall[] = []

beforeAll(async () => {
  cluster = await startCluster()
  gates = await findGates(cluster)
  const both = cluster.officers.filter(({ roles }) => roles.includes('custodian') && roles.includes('approver'))
  ;[first, second] = both as [LocalOfficer, LocalOfficer] // the first officers of every installation
  importer = await signInAt(cluster, first, 0)
  approver = await signInAt(cluster, second, 'proxy')
}, PATIENCE)
afterAll(async () => {
  keepLogs()
  await cluster?.close()
}, PATIENCE)

/** For whoever looks into a failure: the run's folder goes with it. */
function keepLogs(): void {
  mkdirSync('test-results/consoles', { recursive: true })
  for (const [index, { logFile }] of cluster?.consoles.entries() ?? [])
    cpSync(logFile, `test-results/consoles/console-${index + 1}.log`)
}

async function seal(prefix: string): Promise<Sealed> {
  const sealed = await sealKey(gates, 'ec', prefix)
  sealedKeys.push(sealed)
  return sealed
}

function note({ vault, keyName }: Sealed, idempotencyKey: string, act: ToldCall['act'], said: Told): Told {
  const status =
    said?.ok && typeof said.value === 'object' && said.value && 'status' in said.value
      ? String(said.value.status)
      : null
  const answer = said?.ok ? { ok: true as const, status } : said && { ok: false as const, code: said.problem.code }
  told.push({ act, vault, keyName, idempotencyKey, answer })
  return said
}

async function submit(sealed: Sealed, at: 0 | 1 | 2 | 'proxy', idempotencyKey = randomUUID()): Promise<Told> {
  return note(
    sealed,
    idempotencyKey,
    'import',
    await importer.act('submitImportAction', sealed.input, { at, idempotencyKey }),
  )
}

async function approve(sealed: Sealed, at: 0 | 1 | 2 | 'proxy'): Promise<Told> {
  const [row] = await cluster.sql<{ importId: string; revision: number; frozenSha256: string }>(
    `SELECT id AS "importId", revision, frozen_sha256 AS "frozenSha256" FROM import WHERE key_name = $1`,
    [sealed.keyName],
  )
  const idempotencyKey = randomUUID()
  const input = { ...row, reason: 'As in the ceremony record', expected: { text: sealed.recorded } }
  return note(
    sealed,
    idempotencyKey,
    'enable',
    await approver.act('approveImportAction', input, { at, idempotencyKey }),
  )
}

const statusAt = async (client: OfficerClient, at: 0 | 1 | 2) => {
  const { status, text } = await client.get('/api/status', at)
  return { status, body: status === 200 ? JSON.parse(text) : null }
}

const acknowledged = (name: string) =>
  readFileSync(cluster.acknowledgedFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"${name}"`))
    .map((line) => JSON.parse(line).operation)

describe('three set-ups at once on an empty database', () => {
  it('migrate it once, and make the first officers once', async () => {
    expect(cluster.setUps.filter((said) => said.includes('Brought the database up to date'))).toHaveLength(1)
    const twice = await cluster.sql(
      'SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1 OR bool_or(finished_at IS NULL)',
    )
    expect(twice).toEqual([])
    expect(await cluster.sql(`SELECT count(*)::int AS n FROM person WHERE issuer = 'local'`)).toEqual([{ n: 5 }])
  })

  it('leave passwords in one place only: theirs who made the officers', () => {
    expect(cluster.filesWithOfficers).toBe(1)
  })
})

describe('any of them', () => {
  it('says to a load balancer that it lives and is ready, and to nobody why', async () => {
    for (const at of NUMBERS) {
      expect(await probe(cluster, at, '/healthz')).toBe(200)
      await until('it is ready', async () => (await probe(cluster, at, '/readyz')) === 200)
      const { text, headers } = await request(cluster, at, { path: '/readyz' })
      expect(text).toBe('ok\n')
      expect(headers['cache-control']).toBe('no-store')
    }
    expect(await probe(cluster, 'proxy', '/readyz')).toBe(404)
  })

  it('knows a session that began at another, and takes its turn behind the proxy', async () => {
    for (const at of NUMBERS) expect((await statusAt(importer, at)).status).toBe(200)
    const before = await Promise.all(cluster.consoles.map(requestsFor('/api/status')))
    for (let n = 0; n < 12; n += 1) expect((await importer.get('/api/status', 'proxy')).status).toBe(200)
    const after = await Promise.all(cluster.consoles.map(requestsFor('/api/status')))
    for (const at of NUMBERS) expect((after[at] ?? 0) - (before[at] ?? 0)).toBeGreaterThan(0)
  })

  it('takes an import from a session of one, and its approval goes through another', async () => {
    const sealed = await seal('shared')
    expect(codeOf(await submit(sealed, 1))).toBe('ok')
    expect(codeOf(await approve(sealed, 2))).toBe('ok')
    expect(acknowledged(sealed.keyName)).toEqual(['import', 'update'])
  })
})

const requestsFor = (route: string) => (each: Cluster['consoles'][number]) =>
  metric(each, 'drawbridge_http_request_duration_seconds_count', `route="${route}"`)

describe('all of them together', () => {
  it('make one version of a hundred equal submits, spread over the three', async () => {
    const sealed = await seal('hundred')
    const key = randomUUID()
    expect(
      codeOf(
        await importer.act(
          'submitImportAction',
          { ...sealed.input, file: sealed.input.file },
          { at: 0, idempotencyKey: key },
        ),
      ),
    ).toBe('ok')
    const posts = Array.from({ length: 100 }, (_, n) =>
      importer.post('submitImportAction', sealed.input, { at: NUMBERS[n % 3] ?? 0, idempotencyKey: key }),
    )
    const answers = (await Promise.all(posts)).map(answerIn)
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['ok']))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(acknowledged(sealed.keyName)).toEqual(['import'])
  })

  it('refuse the same key with other parameters, wherever the first went', async () => {
    const [one, other] = [await seal('key-once'), await seal('key-twice')]
    const key = randomUUID()
    expect(codeOf(await submit(one, 0, key))).toBe('ok')
    const refused = await importer.post('submitImportAction', other.input, { at: 2, idempotencyKey: key })
    expect(['idempotency-mismatch', 'step-up-required']).toContain(codeOf(answerIn(refused)))
    expect(acknowledged(other.keyName)).toEqual([])
  })

  it('show the same number of waiting reviews', async () => {
    const counts = async () =>
      Promise.all(NUMBERS.map(async (at) => (await statusAt(approver, at)).body.waitingReviews))
    const before = await counts()
    expect(new Set(before).size).toBe(1)
    const sealed = await seal('counted')
    await submit(sealed, 0)
    expect(await counts()).toEqual(before.map((count) => count + 1))
    await approve(sealed, 1)
    expect(await counts()).toEqual(before)
    const metrics = await Promise.all(cluster.consoles.map((each) => metric(each, 'drawbridge_reviews_waiting')))
    expect(metrics).toEqual(before)
  })

  it('run a job once', async () => {
    const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
    const ran = async () =>
      sum(await Promise.all(cluster.consoles.map((each) => metric(each, 'drawbridge_jobs_run_total'))))
    const onRecord = async () => {
      const [row] = await cluster.sql<{ open: number; done: number }>(
        `SELECT count(*) FILTER (WHERE state < 'completed' AND start_after <= now())::int AS open,
                count(*) FILTER (WHERE state = 'completed')::int AS done
           FROM pgboss.job WHERE name NOT LIKE '\\_\\_pgboss%'`,
      )
      return row ?? { open: -1, done: -1 }
    }
    await cluster.sql(
      `INSERT INTO pgboss.job (name, data, retry_limit)
       SELECT 'reconcile-operation', jsonb_build_object('operationId', gen_random_uuid()), 0 FROM generate_series(1, 30)`,
    )
    // Every run since the first start, of whichever console, is one job's: a job run twice would be one too many for ever.
    await until(
      'as many runs as jobs',
      async () => {
        const { open, done } = await onRecord()
        return open === 0 && done >= 30 && done === (await ran())
      },
      90_000,
    )
  })

  it('count wrong passwords together', async () => {
    const client = await signInAt(cluster, second, 1)
    const codes: string[] = []
    for (let n = 0; n < 7; n += 1) {
      const wrong = { stepUpId: randomUUID(), password: 'not it' }
      codes.push(codeOf(answerIn(await client.post('stepUpByPassword', wrong, { at: NUMBERS[n % 3] ?? 0 }))))
    }
    expect(codes.slice(5)).toEqual(['rate-limited', 'rate-limited'])
    await cluster.sql('DELETE FROM rate_limit') // for what comes after
  })
})

describe('a session that ends', () => {
  it('by signing out at one has ended at all', async () => {
    const client = await signInAt(cluster, second, 1)
    const copy = new Map(client.cookies)
    await client.signOut(2)
    for (const at of NUMBERS) {
      const cookie = [...copy].map(([name, value]) => `${name}=${value}`).join('; ')
      expect((await request(cluster, at, { path: '/api/status', headers: { cookie } })).status).toBe(401)
    }
  })

  it('by the person’s being disabled has ended at all, on the next request', async () => {
    const auditor = cluster.officers.find(({ roles }) => roles.includes('auditor'))
    if (!auditor) throw new Error('no auditor')
    const client = await signInAt(cluster, auditor, 0)
    for (const at of NUMBERS) expect((await statusAt(client, at)).status).toBe(200)
    await cluster.sql('UPDATE person SET disabled_at = now() WHERE email = $1', [auditor.email])
    for (const at of NUMBERS) expect((await statusAt(client, at)).status).toBe(401)
  })
})

describe('a console that is killed in the middle of an import', () => {
  const openIntents = async (names: readonly string[]) => {
    const [row] = await cluster.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM operation WHERE key_name = ANY($1) AND status IN ('pending', 'indeterminate')`,
      [names],
    )
    return row?.n
  }

  /** Each import goes to one of them, is held at the vault, and its console is killed there. */
  async function killDuring(victims: readonly (0 | 1 | 2)[], survivor: 0 | 1 | 2): Promise<void> {
    const keys = await Promise.all(victims.map(() => seal('hold-import-after-commit')))
    const sent = keys.map((sealed, index) => ({ sealed, key: randomUUID(), at: victims[index] ?? 0 }))
    const heard = sent.map(({ sealed, key, at }) => submit(sealed, at, key))
    await until('the vault holds them', async () => {
      const held = await heldNames(cluster)
      return keys.every(({ keyName }) => held.includes(keyName))
    })
    await Promise.all(victims.map((at) => cluster.consoles[at].kill()))
    const killedAt = Date.now()
    for (const { keyName } of keys) await release(cluster, keyName)
    expect((await Promise.all(heard)).map(codeOf)).toEqual(victims.map(() => 'nothing'))
    const names = keys.map(({ keyName }) => keyName)
    await until('every intent has its outcome', async () => (await openIntents(names)) === 0, 60_000)
    expect(Date.now() - killedAt).toBeLessThan(60_000)
    expect((await statusAt(importer, survivor)).status).toBe(200)
    const again = await Promise.all(sent.map(({ sealed, key }) => submit(sealed, survivor, key)))
    // Whoever asks again is told no other story, and nothing is sent again.
    for (const code of again.map(codeOf)) expect(['outcome-unknown', 'still-running']).toContain(code)
    for (const { keyName } of keys) expect(acknowledged(keyName)).toEqual(['import'])
    await Promise.all(victims.map((at) => cluster.consoles[at].start()))
  }

  it('leaves an import that the others bring to its end: two of three', () => killDuring([0, 1], 2), PATIENCE)
  it('and the third', () => killDuring([2], 0), PATIENCE)

  it('and what clients were told, the vault’s log and ours agree, over all of this', async () => {
    const names = new Set(sealedKeys.map(({ keyName }) => keyName))
    const { vault, ours } = await readLogs({
      databaseUrl: cluster.ownerUrl,
      vaults: cluster.vault.vaults,
      token: cluster.vault.token,
      acknowledgedFile: cluster.acknowledgedFile,
      inScope: (name) => names.has(name),
    })
    expect(checkOutcomes({ told, vault, ours })).toEqual([])
    expect(ours.imports.length).toBeGreaterThanOrEqual(6)
  })
})

describe('a console that is told to stop', () => {
  it(
    'says first that it is not ready, goes on answering, and then ends; behind the proxy nobody notices',
    async () => {
      const [leaving] = cluster.consoles
      const through: number[] = []
      let stopped = false
      const reading = (async () => {
        while (!stopped) through.push((await importer.get('/api/status', 'proxy')).status)
      })()
      const toldAt = Date.now()
      const ending = leaving.stop()
      await until('it says that it is not ready', async () => (await probe(cluster, 0, '/readyz')) === 503)
      expect(await probe(cluster, 0, '/healthz')).toBe(200)
      expect((await statusAt(importer, 0)).status).toBe(200)
      expect(await ending).toBe(0)
      expect(Date.now() - toldAt).toBeGreaterThanOrEqual(DRAIN_SECONDS * 1000)
      expect(await probe(cluster, 0, '/readyz')).toBe('no answer')
      stopped = true
      await reading
      expect(new Set(through)).toEqual(new Set([200]))
      await leaving.start()
      expect(await probe(cluster, 0, '/readyz')).toBe(200)
      expect((await statusAt(importer, 0)).status).toBe(200)
    },
    PATIENCE,
  )
})

describe('the logs of all three', () => {
  it('are one line of JSON for each thing, and every request has its id, told to whoever asked', async () => {
    const { headers } = await importer.get('/api/status', 1)
    const id = String(headers['x-request-id'])
    await until('the request is in the log', async () =>
      logLines(cluster.consoles[1]).some(({ requestId }) => requestId === id),
    )
    for (const line of cluster.consoles.flatMap(logLines)) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: expect.any(String),
        event: expect.any(String),
      })
    }
    const [line] = logLines(cluster.consoles[1]).filter(({ requestId }) => requestId === id)
    expect(line).toMatchObject({
      event: 'request',
      method: 'GET',
      route: '/api/status',
      status: 200,
      personId: expect.any(String),
    })
  })

  it('share a request’s id with its problem, and keep the one that the proxy gave', async () => {
    const answered = await importer.post('approveImportAction', { importId: randomUUID() }, { at: 'proxy' })
    const answer = answerIn(answered)
    if (answer === null || answer.ok) throw new Error('a refusal was expected')
    const id = String(answered.headers['x-request-id'])
    expect(id).toMatch(/^[0-9a-f]{32}$/) // nginx' own
    expect(answer.problem.requestId).toBe(id)
    const lines = () => cluster.consoles.flatMap(logLines).filter(({ requestId }) => requestId === id)
    await until('both are in the log', async () => lines().length >= 2)
    expect(
      lines()
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['action', 'request'])
    expect(lines().find(({ event }) => event === 'action')).toMatchObject({ outcome: 'invalid-input' })
  })

  it('hold no password, no session, no blob, no key’s name and nothing that was typed', async () => {
    await importer.get(`/keys?q=${MARKER}`, 0)
    await importer.get(`/api/keys?q=${MARKER}`, 1)
    await request(cluster, 2, { path: `/nowhere/${MARKER}?token=${MARKER}` })
    await signInAt(cluster, { ...first, password: MARKER }, 2)
    const text = cluster.consoles.map(({ logFile }) => readFileSync(logFile, 'utf8')).join('\n')
    const passwords = cluster.officers.map(({ password }) => password)
    const sessions = [...importer.cookies.values(), ...approver.cookies.values()]
    const names = cluster.officers.flatMap(({ name, email }) => [name, email])
    const keys = sealedKeys.map(({ keyName }) => keyName)
    const found = [MARKER, ...passwords, ...sessions, ...names, ...keys].filter((secret) => text.includes(secret))
    expect(found).toEqual([])
    expect(sealedKeys.flatMap(({ input }) => encodingsIn(text, input.file))).toEqual([])
    expect(text).toContain('"event":"action"')
    expect(
      encodingsIn(
        Buffer.from(sealedKeys[0]?.input.file ?? []).toString('base64'),
        sealedKeys[0]?.input.file ?? new Uint8Array(),
      ),
    ).toContain('base64')
  })
})

describe('metrics', () => {
  it('name no key, no person and nothing typed, and count what happened', async () => {
    expect(codeOf(await submit(await seal('counted-again'), 1))).toBe('ok')
    const text = await (await fetch(`http://127.0.0.1:${cluster.consoles[1].metricsPort}/metrics`)).text()
    const secrets = [
      MARKER,
      ...sealedKeys.map(({ keyName }) => keyName),
      ...cluster.officers.flatMap(({ name, email }) => [name, email]),
    ]
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    for (const wanted of [
      'drawbridge_http_request_duration_seconds_bucket{',
      'drawbridge_action_duration_seconds_count{action="imports.submit",outcome="ok"}',
      'drawbridge_vault_call_duration_seconds_count{operation="import",outcome="ok"}',
      'drawbridge_operations_open{status="pending"} 0',
      'drawbridge_database_up 1',
      'drawbridge_database_pool_connections{state="total"}',
      'drawbridge_sessions_live ',
      'process_resident_memory_bytes ',
    ])
      expect(text).toContain(wanted)
    expect((await fetch(`http://127.0.0.1:${cluster.consoles[1].metricsPort}/`)).status).toBe(404)
    expect((await request(cluster, 1, { path: '/metrics' })).status).toBe(404)
  })
})
