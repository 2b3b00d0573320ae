import { describe, expect, it } from 'vitest'
import { IMPORT_ORIGIN_WORDS, IMPORT_ORIGINS, isOwnGenerator, originOfBlob, ownGenerator } from './origin'

describe('the origin of a blob', () => {
  it.each([
    ['transfer_blob', 'Cosmian_KMS;v5', 'transfer_blob'],
    ['transfer_blob', null, 'transfer_blob'],
    ['sealed_in_browser', 'Cosmian_KMS;v5', 'sealed_in_browser'],
    ['sealed_in_browser', null, 'sealed_in_browser'],
    // A blob that our own code sealed is a software key, whatever the browser says of it.
    ['transfer_blob', ownGenerator('1.4.0'), 'sealed_in_browser'],
    ['transfer_blob', `  ${ownGenerator('0.1.0 (offline sealer)')} `, 'sealed_in_browser'],
  ] as const)('said to be %s, made by %s, is %s', (declared, generator, origin) => {
    expect(originOfBlob(declared, generator)).toBe(origin)
  })

  it('takes no other tool for ours', () => {
    for (const other of ['Drawbridge', 'Drawbridge example source HSM', 'drawbridges 1.0', 'Not Drawbridge 1.0', ''])
      expect(isOwnGenerator(other)).toBe(false)
  })

  it('is never told as an HSM’s', () => {
    for (const origin of IMPORT_ORIGINS) {
      const { short, title, sentence } = IMPORT_ORIGIN_WORDS[origin]
      expect(`${short} ${title}`).not.toMatch(/HSM|hardware/i)
      expect(sentence).not.toMatch(/from an HSM|made in an HSM/i)
    }
  })
})
