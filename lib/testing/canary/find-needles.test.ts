import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { searchFor } from './find-needles'
import { needlesOf, needlesOfText } from './needles'

const secret = randomBytes(32)
const search = searchFor([
  ...needlesOf({ name: 'd', bytes: secret }),
  ...needlesOfText('passphrase', 'correct horse battery'),
])
const within = (bytes: Buffer) => Buffer.concat([randomBytes(5000), bytes, randomBytes(777)])
const formsIn = (haystack: Buffer) => search(haystack).map(({ canary, form }) => `${canary}, ${form}`)

describe('the canary search', () => {
  it('finds nothing where nothing is', () => {
    expect(formsIn(randomBytes(1_000_000))).toEqual([])
  })

  it('finds a planted secret in every form', () => {
    const number = BigInt(`0x${secret.toString('hex')}`)
    const planted: Record<string, Buffer> = {
      raw: secret,
      reversed: Buffer.from(secret).reverse(),
      hex: Buffer.from(secret.toString('hex')),
      'upper-case hex': Buffer.from(secret.toString('hex').toUpperCase()),
      base64: Buffer.from(secret.toString('base64')),
      base64url: Buffer.from(secret.toString('base64url')),
      decimal: Buffer.from(number.toString()),
      'list of numbers': Buffer.from([...secret].join(',')),
    }
    for (const [form, bytes] of Object.entries(planted)) expect(formsIn(within(bytes))).toContain(`d, ${form}`)
  })

  it('finds it inside of base64 of something larger, at any alignment, and as two-byte text', () => {
    for (const before of [0, 1, 2, 3]) {
      const larger = Buffer.concat([randomBytes(20 + before), secret, randomBytes(9)])
      expect(formsIn(within(Buffer.from(larger.toString('base64'))))).toContain('d, base64')
      expect(formsIn(within(Buffer.from(larger.toString('base64url'), 'utf16le')))).toContain('d, base64url')
    }
  })

  it('reads to the very end, and no further', () => {
    expect(formsIn(Buffer.concat([randomBytes(50), secret]))).toContain('d, raw')
    for (let length = 3; length < 16; length++) expect(formsIn(secret.subarray(0, length))).toEqual([])
  })

  it('finds a part of it, and a passphrase', () => {
    expect(formsIn(within(secret.subarray(16)))).toEqual(['d, raw'])
    expect(formsIn(within(Buffer.from('x correct horse battery y')))).toEqual(['passphrase, UTF-8'])
    expect(formsIn(within(Buffer.from('correct horse battery', 'utf16le')))).toEqual(['passphrase, UTF-16'])
  })
})
