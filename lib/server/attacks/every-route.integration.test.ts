import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hasPermission } from '@/lib/domain/people/permissions'
import { routesFromSource } from '@/lib/testing/actions-from-source'
import { type AttackWorld, createAttackWorld } from '@/lib/testing/attack-world'

/** Ids that are none, or somebody else's, handler by handler; `none` takes no id; `another door`: sign-in's own, tried beside it. */
const PARAMS: Record<string, Record<string, string>[] | 'none' | 'another door'> = {
  'GET /api/audit/export': 'none',
  'GET /api/imports/[id]/record': [{ id: randomUUID() }, { id: '../../etc/passwd' }, { id: "' OR 1=1 --" }],
  'GET /api/imports/[id]/status': [{ id: randomUUID() }, { id: '%2e%2e' }, { id: '' }],
  'GET /api/keys': 'none',
  'GET /api/releases/export': 'none',
  'GET /api/sealer': 'none',
  'GET /api/session': 'none',
  'POST /api/session': 'none',
  'GET /api/status': 'none',
  '* /api/auth/[...nextauth]': 'another door',
  '* /api/auth/oidc/callback': 'another door',
  '* /api/auth/oidc/sign-in': 'another door',
  '* /api/auth/oidc/step-up': 'another door',
}

let world: AttackWorld

beforeAll(async () => {
  world = await createAttackWorld()
})
afterAll(() => world.close())

it('every handler has its ids here, and every id its handler', async () => {
  expect(Object.keys(PARAMS).sort()).toEqual([...(await routesFromSource()).keys()].sort())
})

it('an id that is nobody’s, or no id at all, is not found, whoever asks', async () => {
  const { ctx, actors } = world
  for (const [address, route] of await routesFromSource()) {
    const tried = PARAMS[address]
    if (!route || !Array.isArray(tried)) continue
    for (const params of [...tried, { id: world.draftId }, { id: world.asked.enableRequestId }]) {
      for (const actor of Object.values(actors).filter(({ roles }) => hasPermission(roles, route.permission))) {
        const request = new Request(`https://console.example.test${address.split(' ')[1]}`)
        const answer = await route.run(ctx, actor, request, params)
        expect(answer.status, `${address} ${JSON.stringify(params)}`).toBe(404)
        expect(await answer.json()).toMatchObject({ problem: { code: 'not-found' } })
      }
    }
  }
})
