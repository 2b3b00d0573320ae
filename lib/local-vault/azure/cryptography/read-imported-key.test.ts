import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Fault } from '../fault'
import { readClearKey } from './read-imported-key'

describe('a private EC key in the clear', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const member = (name: 'x' | 'y' | 'd') => Buffer.from(privateKey.export({ format: 'jwk' })[name] ?? '', 'base64url')
  const others = { key_ops: undefined, key_hsm: undefined, k: undefined, n: undefined, e: undefined }
  const ofRsa = { p: undefined, q: undefined, dp: undefined, dq: undefined, qi: undefined }
  const point = { x: member('x'), y: member('y') }
  const given = { kty: 'EC', crv: 'P-256', ...point, d: member('d'), ...others, ...ofRsa } as const

  it('is read', () => {
    expect(readClearKey('EC', given)).toMatchObject({ publicPart: { family: 'EC', curve: 'P-256' } })
  })

  // A fuzzed request ended the process: Node's export as a JWK asserts that the scalar fits.
  it('whose scalar is longer than the curve’s order is refused', () => {
    const d = Buffer.concat([Buffer.of(7), given.d])
    expect(() => readClearKey('EC', { ...given, d })).toThrow(Fault)
  })
})
