import { expect, it } from 'vitest'
import type { PreparedImport } from '@/lib/domain/imports/views'
import { confirmedBy, covers, portionOf, waitOf } from './queue-calls'

const prepared = (name: string, tag = ''): PreparedImport => ({
  draftId: null,
  connectionId: 'c',
  kekKid: 'kid',
  fileName: `${name}.byok`,
  origin: 'sealed_in_browser',
  file: { bytes: 1, sha256: 'a'.repeat(64) },
  acceptedNormalisedSha256: null,
  target: {
    name,
    kty: 'EC-HSM',
    sizeOrCurve: 'P-256',
    keyOps: ['sign'],
    notBefore: null,
    expiresAt: null,
    exportable: false,
    releasePolicy: null,
    tags: { tag },
  },
  typedName: null,
  acknowledgedWarnings: [],
  expectedPublicKeySha256: null,
})

it('one confirmation covers exactly what it was given for, until shortly before it ends', () => {
  const confirmed = confirmedBy({ expiresAt: '2026-11-22T12:05:00.000Z' }, [prepared('a'), prepared('b')])
  const at = (time: string) => Date.parse(`2026-11-22T${time}Z`)
  expect(covers(confirmed, prepared('b'), at('12:04:00'))).toBe(true)
  expect(covers(confirmed, prepared('b', 'changed'), at('12:04:00'))).toBe(false)
  expect(covers(confirmed, prepared('c'), at('12:04:00'))).toBe(false)
  expect(covers(confirmed, prepared('a'), at('12:04:45'))).toBe(false)
  expect(covers(null, prepared('a'), 0)).toBe(false)
})

it('what one request can’t hold is confirmed in portions, never none', () => {
  const small = Array.from({ length: 200 }, (_none, at) => prepared(`n-${at}`))
  expect(portionOf(small)).toHaveLength(200)
  const large = Array.from({ length: 200 }, (_none, at) => prepared(`n-${at}`, 'x'.repeat(2_000)))
  const portion = portionOf(large)
  expect(portion.length).toBeLessThan(200)
  expect(JSON.stringify(portion).length).toBeLessThan(201_000)
  expect(portionOf([prepared('a', 'x'.repeat(300_000))])).toHaveLength(1)
})

it('an allowance that is used up is waited for as long as the console says, and nothing else is', () => {
  const problem = { message: '', requestId: '' }
  expect(waitOf({ ...problem, code: 'rate-limited', retryAfterMs: 1_200 })).toBe(1_200)
  expect(waitOf({ ...problem, code: 'rate-limited', retryAfterMs: 9e9 })).toBe(60_000)
  expect(waitOf({ ...problem, code: 'rate-limited' })).toBeNull()
  expect(waitOf({ ...problem, code: 'conflict' })).toBeNull()
})
