import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blobName } from './blob-name'

it('a blob is called as its key file is', () => {
  expect(['payments.pem', 'payments', 'schlüssel 2026.v2.p12', '.pem', 'a/b:c.key'].map(blobName)).toEqual([
    'payments.byok',
    'payments.byok',
    'schlüssel 2026.v2.byok',
    'key.byok',
    'a_b_c.byok',
  ])
})

/** Half a character, too. */
const anyCodeUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))

it('its name is one that every file system takes, whatever the key file’s was', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCodeUnit, maxLength: 400 }), (name) => {
      expect(blobName(name)).toMatch(/^[\p{L}\p{N}_-](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}_-])?\.byok$/u)
      expect(blobName(name).length).toBeLessThanOrEqual(255)
    }),
  )
})
