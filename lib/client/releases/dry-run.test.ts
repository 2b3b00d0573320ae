import { expect, it } from 'vitest'
import { dryRun } from './dry-run'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const NOW = Date.UTC(2026, 10, 22)
const n = Buffer.alloc(256, 0xab).toString('base64url')
const claims = {
  iss: 'https://a.example',
  exp: NOW / 1000 + 3600,
  debuggable: false,
  'x-ms-runtime': { keys: [{ kty: 'RSA', kid: 'env', n, e: 'AQAB', key_ops: ['encrypt'] }] },
}
const token = (more: object = {}, alg = 'RS256') => `${part({ alg })}.${part({ ...claims, ...more })}.c2ln`
const policy = JSON.stringify({
  version: '1.0.0',
  anyOf: [{ authority: 'https://a.example', allOf: [{ claim: 'debuggable', equals: false }] }],
})

it('says that a token that meets the policy gets the key, and for which key it is wrapped', () => {
  const run = dryRun(token(), policy, NOW)
  expect(run).toMatchObject({
    policySays: 'allow',
    released: true,
    obstacles: [],
    wrapping: { kid: 'env', bits: 2048 },
  })
})

it('names the claim that fails', () => {
  const run = dryRun(token({ debuggable: true }), policy, NOW)
  expect(run).toMatchObject({
    policySays: 'deny',
    released: false,
    obstacles: ['debuggable has another value (anyOf[0].allOf[0])'],
  })
})

it.each([
  ['expired', { exp: NOW / 1000 - 1 }, /expired/],
  ['not valid yet', { nbf: NOW / 1000 + 60 }, /not valid yet/],
  ['without an end', { exp: undefined }, /names no end/],
  ['without a key to wrap for', { 'x-ms-runtime': {} }, /no key that a released one/],
])('promises nothing by a token that meets the policy and is %s', (_what, more, words) => {
  const run = dryRun(token(more), policy, NOW)
  expect(run).toMatchObject({ policySays: 'allow', released: false, obstacles: [expect.stringMatching(words)] })
})

it.each([
  ['', 'empty'],
  ['hello', 'unreadable'],
  [token({}, 'none'), 'unreadable'],
  [token({}, 'HS256'), 'unreadable'],
])('of %j it says that it is no token', (text, state) => {
  expect(dryRun(text, policy, NOW).state).toBe(state)
})
