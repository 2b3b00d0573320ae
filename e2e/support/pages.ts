import { createHash, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'
import { type Permission, rolesWith } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
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
  personId: string
  proposalId: string
}

/** `anybody`: signed in or not. `signed-in`: whoever is. `owing`: who has given the password and owes the passkey. */
export type Door = { needs: Permission | 'anybody' | 'signed-in' | 'owing'; at: (places: Places) => string }

/** Every page of the app by its folder, the permission that opens it, and one address. */
export const PAGES: Record<string, Door> = {
  '/': { needs: 'keys.read', at: () => '/' },
  '/account': { needs: 'account.manage', at: () => '/account' },
  '/audit': { needs: 'audit.read', at: () => '/audit' },
  '/forbidden': { needs: 'signed-in', at: () => '/forbidden?needs=audit.export' },
  '/import/new': { needs: 'imports.create', at: () => '/import/new' },
  '/imports/[id]': { needs: 'imports.read', at: ({ importId }) => `/imports/${importId}` },
  '/imports/[id]/record': { needs: 'imports.read', at: ({ importId }) => `/imports/${importId}/record` },
  '/keks': { needs: 'keks.read', at: () => '/keks' },
  '/keks/[id]': { needs: 'keks.read', at: ({ kekId }) => `/keks/${kekId}` },
  '/keks/[id]/transfer-sheet': { needs: 'keks.download', at: ({ kekId }) => `/keks/${kekId}/transfer-sheet` },
  '/keks/new': { needs: 'keks.create', at: () => '/keks/new' },
  '/keys': { needs: 'keys.read', at: () => '/keys' },
  '/keys/[connection]/[name]': {
    needs: 'keys.read',
    at: ({ connectionId, keyName }) => `/keys/${connectionId}/${keyName}`,
  },
  '/invitation': { needs: 'anybody', at: () => '/invitation' },
  '/people': { needs: 'people.read', at: () => '/people' },
  '/people/[id]': { needs: 'people.read', at: ({ personId }) => `/people/${personId}` },
  '/people/new': { needs: 'people.manage', at: () => '/people/new' },
  '/proposals': { needs: 'proposals.read', at: () => '/proposals' },
  '/proposals/[id]': { needs: 'proposals.read', at: ({ proposalId }) => `/proposals/${proposalId}` },
  '/review': { needs: 'reviews.read', at: () => '/review' },
  '/review/[id]': { needs: 'reviews.read', at: ({ importId }) => `/review/${importId}` },
  '/review/enable/[id]': {
    needs: 'reviews.read',
    at: ({ enableRequestId }) => `/review/enable/${enableRequestId}`,
  },
  '/sign-in/second-factor': { needs: 'owing', at: () => '/sign-in/second-factor' },
  '/sign-in': { needs: 'anybody', at: () => '/sign-in' },
  '/vaults': { needs: 'connections.read', at: () => '/vaults' },
  '/vaults/[id]': { needs: 'connections.read', at: ({ connectionId }) => `/vaults/${connectionId}` },
  '/vaults/[id]/change': { needs: 'connections.manage', at: ({ connectionId }) => `/vaults/${connectionId}/change` },
  '/vaults/new': { needs: 'connections.manage', at: () => '/vaults/new' },
}

/** Every route handler, likewise. */
export const HANDLERS: Record<string, Door> = {
  '/api/audit/export': { needs: 'audit.export', at: () => '/api/audit/export?q=type:audit.exported' },
  '/api/auth/[...nextauth]': { needs: 'anybody', at: () => '/api/auth/csrf' },
  '/api/imports/[id]/record': { needs: 'imports.read', at: ({ importId }) => `/api/imports/${importId}/record` },
  '/api/imports/[id]/status': { needs: 'imports.read', at: ({ importId }) => `/api/imports/${importId}/status` },
  '/api/keys': { needs: 'keys.read', at: () => '/api/keys' },
  '/api/session': { needs: 'account.manage', at: () => '/api/session' },
  '/api/status': { needs: 'keys.read', at: () => '/api/status' },
}

export function isOpenTo(roles: readonly Role[], { needs }: Door): boolean {
  if (needs === 'anybody' || needs === 'signed-in') return true
  if (needs === 'owing') return false
  return rolesWith(needs).some((role) => roles.includes(role))
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
  await actOnVersion(page, 'Request enabling again', 'Send the request', 'Needed by the end-to-end tests')
  await page.goto('/review')
  const asked = page.getByRole('row').filter({ hasText: keyName })
  await asked.getByRole('link', { name: /^ENA-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(keyName)
  const enableRequestId = lastPart(page)
  await page.context().close()
  const places = { kekId, importId, connectionId, keyName, enableRequestId }
  return { ...places, personId: await anyPerson(), proposalId: await anyProposal(connectionId, keyName) }
}

async function anyPerson(): Promise<string> {
  const [row] = await sql('SELECT id FROM person WHERE email = $1', [officerWith(['auditor']).email])
  return String(row?.id)
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
