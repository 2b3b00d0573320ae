import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSecrets, needlesOf } from './find-secrets'

const forms: [string, (secret: Buffer) => string | Buffer][] = [
  ['bytes', (secret) => secret],
  ['hex', (secret) => secret.toString('hex')],
  ['hex', (secret) => secret.toString('hex').toUpperCase()],
  ['base64', (secret) => secret.toString('base64')],
  ['base64', (secret) => secret.toString('base64url')],
  ['base64', (secret) => Buffer.concat([Buffer.from('x'), secret, Buffer.from('yz')]).toString('base64')],
  ['base64', (secret) => Buffer.concat([Buffer.from('xy'), secret]).toString('base64url')],
  ['a list of numbers', (secret) => JSON.stringify(secret)],
  ['reversed bytes', (secret) => Buffer.from(secret).reverse()],
]

describe('a search for secrets', () => {
  it.each(forms)('finds them as %s', (form, write) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 80 }), fc.string(), (bytes, around) => {
        const secret = Buffer.from(bytes)
        const written = Buffer.concat([Buffer.from(around), Buffer.from(write(secret)), Buffer.from(around)])
        expect(findSecrets(needlesOf({ d: secret }), written)).toContain(`d as ${form}`)
      }),
    )
  })

  it('finds nothing where nothing is', () => {
    const needles = needlesOf({ d: randomBytes(32) })
    expect(
      findSecrets(needles, Buffer.concat([randomBytes(100_000), Buffer.from(randomBytes(10_000).toString('hex'))])),
    ).toEqual([])
  })
})
