import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { createKey } from '../created-keys/create-key'
import { approveEnable } from './approve-enable'
import { freeze } from './freeze'
import { getEnableReview } from './get-enable-review'
import { readFrozenEnable } from './rebuild-request'
import { requestEnable } from './request-enable'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const policyOf = (authority: string) =>
  JSON.stringify({ version: '1.0.0', anyOf: [{ authority, allOf: [{ claim: 'x-ms-ver', equals: '1.0' }] }] })

/** A new exportable key, with a request to enable it. */
async function asked(name: string) {
  const { ctx, actors, connections } = testConsole
  const created = await createKey(ctx, actors.custodian, {
    ...{ connectionId: connections.vault.id, name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign', 'verify'] },
    ...{ expiresAt: null, policyText: policyOf('https://attest.example'), immutable: false, typedName: '' },
  })
  if (!created.ok) throw new Error(created.error.code)
  const request = await requestEnable(ctx, actors.custodian, { ...created.value, reason: 'Its environment is ready' })
  if (!request.ok) throw new Error(request.error.code)
  return request.value.enableRequestId
}

async function reviewOf(id: string) {
  const review = await getEnableReview(testConsole.ctx, testConsole.actors.custodian2, id)
  if (!review) throw new Error('no review')
  return review
}

async function decided(id: string) {
  const { revision, frozenSha256 } = await reviewOf(id)
  const decision = { enableRequestId: id, revision, frozenSha256, reason: 'Read' }
  return approveEnable(testConsole.ctx, testConsole.actors.custodian2, decision)
}

it('an approver reads that the key may leave the vault, and under which policy', async () => {
  const review = await reviewOf(await asked('reviewed'))
  expect(review.exportable).toBe(true)
  expect(review.facts).toContainEqual({ fact: 'Exportable', submitted: 'yes', inVault: 'yes', differs: false })
  expect(review.facts).toContainEqual({
    ...{ fact: 'Release policy (SHA-256)', differs: false },
    ...{ submitted: expect.stringMatching(/^[0-9a-f]{64}$/), inVault: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
})

it('a policy that was set past Drawbridge since it was asked voids the request', async () => {
  const { ctx, connections } = testConsole
  const id = await asked('policy-swapped')
  await ctx.provider(connections.vault).setReleasePolicy({
    ...{ name: 'policy-swapped', text: policyOf('https://attest.example.net'), immutable: false },
  })
  expect((await reviewOf(id)).facts).toContainEqual(
    expect.objectContaining({ fact: 'Release policy (SHA-256)', differs: true }),
  )
  expect(await decided(id)).toMatchObject({ error: { code: 'request-changed' } })
  expect((await ctx.provider(connections.vault).getKey('policy-swapped')).value.attributes.enabled).toBe(false)
})

/** As a version before this one froze it: the text tells nothing of releases. The application could not write this. */
async function asBefore(id: string): Promise<void> {
  const row = await testConsole.ctx.db.enableRequest.findUniqueOrThrow({ where: { id } })
  const frozen = readFrozenEnable(row)
  if (!('exportable' in frozen)) throw new Error('frozen without releases')
  const { exportable: _exportable, releasePolicySha256: _policy, schema: _schema, ...facts } = frozen
  const { text, sha256 } = freeze({ schema: 'drawbridge/enable/1', ...facts })
  const owner = new pg.Client({ connectionString: testConsole.database.ownerUrl })
  await owner.connect()
  try {
    await owner.query('ALTER TABLE enable_request DISABLE TRIGGER enable_request_immutable')
    await owner.query('UPDATE enable_request SET frozen_request = $1, frozen_sha256 = $2 WHERE id = $3', [
      text,
      sha256,
      id,
    ])
    await owner.query('ALTER TABLE enable_request ENABLE TRIGGER enable_request_immutable')
  } finally {
    await owner.end()
  }
}

it('a request that waited while the console was upgraded is compared with what was frozen then, and carried out', async () => {
  const id = await asked('of-before')
  await asBefore(id)
  expect(await decided(id)).toMatchObject({ ok: true })
})
