import { createHash, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'
import { actOnVersion, openKey } from './actions-inventory'
import { makeKek, uniqueName } from './actions-wizard'
import { sql } from './database'
import { officerWith } from './installation'
import { openAs } from './sign-in'
import { vaultKeys } from './vault-keys'

/** Things that exist, for the pages that are about one. */
export interface Places {
  kekId: string
  importId: string
  connectionId: string
  keyName: string
  enableRequestId: string
  policyRequestId: string
  personId: string
  proposalId: string
  releaseDigest: string
  madeReleaseId: string
}

const APP = path.join(import.meta.dirname, '../../app')

/** Addresses that the folders of `app` make, for files of this name; groups in brackets are no part of an address. */
export function addressesOf(fileName: 'page.tsx' | 'route.ts'): string[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === fileName)
    .map((file) => `/${path.dirname(file)}`.replaceAll(/\/(?:\([^/]*\)|\.)(?=\/|$)/g, '') || '/')
    .sort()
}

/** One of each: a KEK, an import, a key, and a request to enable it again. */
export async function makePlaces(browser: Browser): Promise<Places> {
  const page = await openAs(browser, officerWith(['custodian']))
  const { id: kekId } = await makeKek(page)
  const importId = await firstImport(page)
  const keyName = uniqueName('stopped')
  await vaultKeys().createEcKey(keyName, { curve: 'P-256', hsm: true, enabled: false })
  const connectionId = await openKey(page, keyName)
  await actOnVersion(page, 'Request enabling', 'Send the request', 'Needed by the end-to-end tests')
  await page.goto('/review')
  const asked = page.getByRole('row').filter({ hasText: keyName })
  await asked.getByRole('link', { name: /^ENA-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(keyName)
  const enableRequestId = lastPart(page)
  await page.context().close()
  const places = { kekId, importId, connectionId, keyName, enableRequestId }
  return {
    ...places,
    policyRequestId: await anyPolicyRequest(connectionId, keyName),
    personId: await anyPerson(),
    proposalId: await anyProposal(connectionId, keyName),
    releaseDigest: await anyRelease(),
    madeReleaseId: await anyMadeRelease(connectionId, keyName),
  }
}

async function anyPerson(): Promise<string> {
  const [row] = await sql('SELECT id FROM person WHERE email = $1', [officerWith(['auditor']).email])
  return String(row?.id)
}

/** For a policy of its own, whatever the key is. */
async function anyPolicyRequest(connectionId: string, keyName: string): Promise<string> {
  const id = randomUUID()
  const policy = (tee: string) =>
    JSON.stringify({ anyOf: [{ authority: 'https://a.example', allOf: [{ claim: 'tee', equals: tee }] }] })
  const kid = `https://v.vault.azure.net/keys/${keyName}/${'0'.repeat(32)}`
  const text = JSON.stringify({
    schema: 'drawbridge/release-policy/1',
    requestId: id,
    requester: { issuer: 'local', subject: 'somebody' },
    vaultUrl: 'https://v.vault.azure.net',
    name: keyName,
    kid,
    before: { text: policy('one'), immutable: false },
    after: { text: policy('two'), immutable: false },
    tests: [],
  })
  await sql(
    `INSERT INTO enable_request (id, act, requester_id, connection_id, key_name, key_version, kid, reason, status,
       frozen_request, frozen_sha256, requested_at)
     SELECT $1, 'change_policy', person_id, $2, $3, $4, $5, 'For a test', 'awaiting_review', $6, $7, now()
       FROM person_role WHERE role = 'custodian' LIMIT 1`,
    [id, connectionId, keyName, '0'.repeat(32), kid, text, createHash('sha256').update(text).digest('hex')],
  )
  return id
}

/** As a vault's log would tell of it. */
async function anyRelease(): Promise<string> {
  const digest = createHash('sha256').update(randomUUID()).digest('hex')
  await sql(
    `INSERT INTO log_record (digest, at, vault, act, operation, key_name, decision, status, read_at)
     VALUES ($1, now(), 'a-vault-of-the-tests', 'release', 'KeyRelease', 'guarded', 'denied', 403, now())`,
    [digest],
  )
  return digest
}

/** Of the kind that everybody sees who sees proposals at all. */
async function anyProposal(connectionId: string, keyName: string): Promise<string> {
  const id = randomUUID()
  const [version] = await sql(
    `SELECT v.id, v.version, v.kid FROM key_version v JOIN key_record r ON r.id = v.key_record_id
     WHERE r.connection_id = $1 AND r.name = $2`,
    [connectionId, keyName],
  )
  const text = JSON.stringify({
    schema: 'drawbridge/proposal/1',
    kind: 'unmark_compromised',
    proposalId: id,
    proposer: { issuer: 'local', subject: 'somebody' },
    subject: {
      id: version?.id,
      connectionId,
      vaultName: 'local-vault',
      keyName,
      keyVersion: version?.version,
      kid: version?.kid,
    },
    before: { compromisedAt: new Date().toISOString(), compromisedById: null },
    after: { compromisedAt: null },
  })
  await sql(
    `INSERT INTO proposal (id, kind, subject_id, proposer_id, reason, status, frozen_request, frozen_sha256, proposed_at, expires_at)
     SELECT $1, 'unmark_compromised', $2, person_id, 'For a test', 'waiting', $3, $4, now(), now() + interval '1 day'
       FROM person_role WHERE role = 'custodian' LIMIT 1`,
    [id, version?.id, text, createHash('sha256').update(text).digest('hex')],
  )
  return id
}

/** Any import does: a first start makes some by really importing. */
async function firstImport(page: Page): Promise<string> {
  await page.goto('/review')
  await page.getByRole('link', { name: /^IMP-/ }).first().click()
  await expect(page).toHaveURL(/\/review\/[0-9a-f-]{36}$/)
  return lastPart(page)
}

const lastPart = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/** A release from the console that the vault refused, as its rows stand. */
async function anyMadeRelease(connectionId: string, keyName: string): Promise<string> {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'RS256' })}.${part({ iss: 'https://a.example' })}.c2ln`
  const tokenSha256 = createHash('sha256').update(token).digest('hex')
  const asked = { reason: 'For the pages', tokenSha256, issuer: 'https://a.example', nonce: null, notMet: '' }
  const params = { ...asked, algorithm: 'CKM_RSA_AES_KEY_WRAP', policySha256: '0'.repeat(64), expected: 'deny' }
  await sql('INSERT INTO attestation_token VALUES ($1, $2, now()) ON CONFLICT DO NOTHING', [tokenSha256, token])
  const [row] = await sql(
    `INSERT INTO operation (id, kind, connection_id, key_name, key_version, actor_id, params, status, code, outcome,
       started_at, deadline_at, finished_at, finished_by)
     SELECT $1, 'release_key', $2, $3, $4, id, $5, 'failed', 'release-denied', '{"end":"denied","refusal":"policy-not-met"}',
       now(), now(), now(), 'caller' FROM person LIMIT 1 RETURNING id`,
    [randomUUID(), connectionId, keyName, '0'.repeat(32), JSON.stringify(params)],
  )
  return String(row?.id)
}
