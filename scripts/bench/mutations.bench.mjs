import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { localKeyVault } from '../lib/local-installation.mjs'
import { vaultClient } from '../lib/vault-client.mjs'
import { actionRequest, findAction } from './support/action-request.mjs'
import { startDelayingProxy } from './support/delaying-proxy.mjs'
import { figure, median, quantile, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'
import { signInEach } from './support/sign-in.mjs'
import { steadyLoad, tally } from './support/steady-load.mjs'

const PER_SECOND = 20
const VAULT_MS = 50

/** @param {string} ownerUrl @param {string} text @param {unknown[]} [values] */
async function sql(ownerUrl, text, values = []) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A vault of its own name for the console, which is the local one behind the delay. @param {string} ownerUrl @param {string} url */
async function connect(ownerUrl, url) {
  const [row] = await sql(
    ownerUrl,
    `INSERT INTO connection (id, name, kind, url, environment, credential, created_at)
     VALUES (gen_random_uuid(), $1, 'azure_key_vault', $2, 'local', '{"type":"local-client"}', now()) RETURNING id`,
    [`bench-${randomUUID().slice(0, 8)}`, url],
  )
  return row.id
}

/** Enabled keys, each to be disabled once. @param {import('@azure/keyvault-keys').KeyClient} client @param {number} count */
async function makeKeys(client, count) {
  const run = randomUUID().slice(0, 8)
  /** @type {{ name: string, version: string }[]} */
  const keys = []
  for (let n = 0; n < count; n += 1) {
    const { name, properties } = await client.createKey(`bench-${run}-${n}`, 'EC', { curve: 'P-256' })
    keys.push({ name, version: properties.version ?? '' })
  }
  return keys
}

/**
 * Twenty times a second a version is disabled: session, permission, intent with its audit event, the vault's call,
 * outcome with its audit event. By two officers, each at half of what one may do.
 */
export async function run({ small = false, full = false } = {}) {
  const seconds = small ? 3 : full ? 60 : 30
  const warmUp = small ? 10 : 60
  const console_ = await installation()
  const target = localKeyVault(console_.local)
  const proxy = await startDelayingProxy(target.url, VAULT_MS)
  try {
    const connectionId = await connect(console_.ownerUrl, proxy.url)
    const keys = await makeKeys(vaultClient(target), warmUp + PER_SECOND * seconds)
    const cookies = await signInEach(console_, 'custodian')
    const action = findAction(console_.checkout, 'disableVersion')
    const wishes = await Promise.all(
      keys.map((key, n) =>
        actionRequest(
          action,
          { connectionId, ...key, reason: 'Measured by the bench' },
          { origin: console_.url, cookie: cookies[n % cookies.length] ?? '' },
        ),
      ),
    )
    const load = (/** @type {typeof wishes} */ sent, /** @type {number} */ perSecond) =>
      steadyLoad({
        url: console_.url,
        perSecond,
        seconds: sent.length / perSecond,
        next: (n) => sent[n] ?? { kind: 'none', path: '/' },
      })
    await load(wishes.slice(0, warmUp), 10)
    const samples = await load(wishes.slice(warmUp), PER_SECOND)
    const times = samples.map(({ ms }) => ms)
    const [told] = await sql(
      console_.ownerUrl,
      `SELECT count(*)::int AS n FROM operation WHERE connection_id = $1 AND status = 'succeeded'`,
      [connectionId],
    )
    console.log(
      `  ${PER_SECOND}/s for ${seconds} s, vault ${VAULT_MS} ms: ${tally(samples)}, median ${median(times).toFixed(0)} ms; ${told.n} of ${keys.length} outcomes on record`,
    )
    figure('audited mutations at 20/s, 95th percentile', quantile(times, 0.95), { most: 250, unit: ' ms', digits: 0 })
    figure('of them not done, or not on record as done', keys.length - told.n, { most: 0, digits: 0 })
    settle()
  } finally {
    proxy.stop()
  }
}
