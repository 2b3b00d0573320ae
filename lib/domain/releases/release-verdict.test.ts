import { expect, it } from 'vitest'
import type { PolicyThen } from './policy-at'
import { endOf, judgeRelease } from './release-verdict'

it.each([
  ['allowed', null, 'released'],
  ['failed', 'AKV.SKR.1012: The specified attestation service x cannot be reached.', 'other'],
  ['denied', null, 'denied'],
  ['denied', 'Target environment attestation does not meet key release policy requirements.', 'denied'],
  ['denied', 'Target environment attestation statement cannot be verified.', 'other'],
  ['denied', 'Caller is not authorized to perform action on resource.', 'other'],
  ['denied', "The user 'appid=…' does not have keys release permission on key vault 'x'.", 'other'],
  ['denied', 'Operation release is not allowed on a disabled key.', 'other'],
] as const)('a call that was %s with the words %j ended as %s', (decision, description, end) => {
  expect(endOf({ decision, description })).toBe(end)
})

const policy = JSON.stringify({
  version: '1.0.0',
  anyOf: [{ authority: 'https://a.example', allOf: [{ claim: 'good', equals: true }] }],
})
const at = new Date('2026-11-22T12:00:00Z')
const known = (text: string | null): PolicyThen => ({
  known: 'policy',
  sighting: { policy: text, immutable: false, firstSeenAt: at, lastSeenAt: at },
})
const changed: PolicyThen = { known: 'changed-between', from: at, to: at }
const token = (good: unknown, inTime = true, issuer = 'https://a.example') => ({ issuer, claims: { good }, inTime })

it.each([
  ['released', known(policy), token(true), 'agrees', 'allow'],
  ['released', known(policy), token(false), 'diverges', 'deny'],
  ['released', known(policy), token(true, true, 'https://b.example'), 'diverges', 'deny'],
  ['released', known(policy), token(true, false), 'diverges', 'deny'],
  ['released', known(null), token(true), 'diverges', 'deny'],
  ['released', known('{"version":"1.0.0"'), token(true), 'diverges', 'deny'],
  ['denied', known(policy), token(false), 'agrees', 'deny'],
  ['denied', known(policy), token(true), 'diverges', 'allow'],
  ['denied', known(policy), token(true, false), 'not-by-policy', 'deny'],
  ['other', known(policy), token(true), 'not-by-policy', null],
  ['released', changed, token(true), 'policy-not-known', null],
  ['denied', { known: 'nothing' } as const, token(true), 'policy-not-known', null],
] as const)('%s under %o by %o: %s', (end, then, claimed, verdict, expected) => {
  expect(judgeRelease(end, then, claimed)).toEqual({ verdict, expected })
})
