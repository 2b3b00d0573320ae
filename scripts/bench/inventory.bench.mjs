import http from 'node:http'
import pg from 'pg'
import { EMPTY_PAGE } from './support/checkout.mjs'
import { figure, median, quantile, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'
import { scriptBytes } from './support/script-bytes.mjs'
import { signIn } from './support/sign-in.mjs'

const KEYS = 10_000
const CONNECTIONS = 8
const SECONDS = 5
const ROUNDS = 4

/** 10,000 indexed keys of a vault that does not answer, so that nothing refreshes them away. @param {string} ownerUrl */
async function seed(ownerUrl) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`
      WITH vault AS (
        INSERT INTO connection (id, name, kind, url, environment, credential, created_at)
        VALUES (gen_random_uuid(), 'bench-vault', 'azure_key_vault', 'http://127.0.0.1:9', 'test', '{"type":"default"}', now())
        RETURNING id
      ), keys AS (
        INSERT INTO key_record (id, connection_id, name, latest_version, kty, size_or_curve, enabled, expires_at, vault_created_at,
          vault_updated_at, hsm_platform, origin, tags, managed, ever_enabled, compromised, refreshed_at)
        SELECT gen_random_uuid(), vault.id, 'bench-' || md5(n::text) || '-' || n, md5('v' || n), 'RSA-HSM', '3072', n % 5 <> 0,
          now() + n * interval '1 hour', now(), now(), '2', 'unknown', jsonb_build_object('owner', 'team-' || n % 40), false, true, false, now()
        FROM vault, generate_series(1, ${KEYS}) AS n
        RETURNING id, latest_version, name
      )
      INSERT INTO key_version (id, key_record_id, version, kid, enabled, kty, size_or_curve, key_ops, tags, ever_enabled, refreshed_at)
      SELECT gen_random_uuid(), id, latest_version, 'http://127.0.0.1:9/keys/' || name || '/' || latest_version, true, 'RSA-HSM', '3072',
        ARRAY['sign', 'verify'], '{}', true, now()
      FROM keys`)
    await client.query('VACUUM ANALYZE') // as autovacuum leaves a table within a minute of so many new rows
  } finally {
    await client.end()
  }
}

/** @param {string} url @param {string} cookie @param {http.Agent} agent @returns {Promise<number>} milliseconds */
function get(url, cookie, agent) {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { cookie, 'accept-encoding': 'gzip' } }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`${url} answered ${response.statusCode}`)),
      )
    })
    request.once('error', reject)
  })
}

/** Requests per second over a few seconds on a few connections. @param {string} url @param {string} cookie */
async function rate(url, cookie) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const endAt = performance.now() + SECONDS * 1000
  let count = 0
  const worker = async () => {
    while (performance.now() < endAt) {
      await get(url, cookie, agent)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
  return count / SECONDS
}

/** @param {string} url @param {string} cookie */
async function searchTimes(url, cookie) {
  const agent = new http.Agent({ keepAlive: true })
  const times = []
  for (let n = 1; n <= 40; n += 1)
    times.push(await get(`${url}/api/keys?q=${n % 2 ? `-${n * 37}` : `team-${n}`}`, cookie, agent))
  agent.destroy()
  return times.slice(5)
}

export async function run() {
  const console_ = await installation()
  await seed(console_.ownerUrl)
  const cookie = await signIn(console_, 'auditor')
  const [page, empty] = [`${console_.url}/keys`, `${console_.url}${EMPTY_PAGE}`]
  await Promise.all([rate(page, cookie), rate(empty, cookie)]) // warm
  const [pageRates, emptyRates] = [[], []].map(() => /** @type {number[]} */ ([]))
  for (let round = 0; round < ROUNDS; round += 1) {
    emptyRates?.push(await rate(empty, cookie))
    pageRates?.push(await rate(page, cookie))
  }
  const [pageRate, emptyRate] = [median(pageRates ?? []), median(emptyRates ?? [])]
  console.log(
    `  ${KEYS} keys: inventory ${pageRate.toFixed(0)}/s, empty page ${emptyRate.toFixed(0)}/s, ${CONNECTIONS} connections`,
  )
  figure('requests per second of the inventory to those of an empty page', pageRate / emptyRate, { least: 0.5 })
  const search = await searchTimes(console_.url, cookie)
  figure('search in them, 95th percentile', quantile(search, 0.95), { most: 100, unit: ' ms', digits: 0 })
  const [pageBytes, emptyBytes] = [await scriptBytes(page, cookie), await scriptBytes(empty, cookie)]
  console.log(
    `  JavaScript on the wire, first visit: inventory ${(pageBytes / 1000).toFixed(0)} kB, empty page ${(emptyBytes / 1000).toFixed(0)} kB`,
  )
  figure('the same to an empty page of the same build', pageBytes / emptyBytes, { most: 1.6 })
  settle()
}
