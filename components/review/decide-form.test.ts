import { describe, expect, it } from 'vitest'
import { decideErrors, expectedOf } from './decide-form'

const sha256 = { kind: 'spki-sha256', hex: 'aa'.repeat(32) } as const
const checkValue = { kind: 'key-check-value', hex: '1234AB' } as const
const form = { given: { from: 'text', text: 'aa' } as const, value: sha256, reason: 'equal to the ceremony record' }

describe('deciding a review', () => {
  it('needs a recognised value and a reason to enable', () => {
    expect(decideErrors(form, 'enable', false)).toEqual({})
    expect(Object.keys(decideErrors({ given: null, value: null, reason: ' ' }, 'enable', false))).toEqual([
      'expected',
      'reason',
    ])
  })

  it('never takes a check value for a public key, nor the other way round', () => {
    expect(decideErrors({ ...form, value: checkValue }, 'enable', false).expected).toBeDefined()
    expect(decideErrors(form, 'enable', true).expected).toBeDefined()
    expect(decideErrors({ ...form, value: checkValue }, 'enable', true)).toEqual({})
  })

  it('needs a reason, and no value, to reject', () => {
    expect(decideErrors({ given: null, value: null, reason: 'wrong key' }, 'reject', false)).toEqual({})
  })

  it('sends a file as base64 and a text as it was typed', () => {
    expect(expectedOf({ from: 'file', name: 'k.der', bytes: new Uint8Array([1, 2, 3]) })).toEqual({
      fileBase64: 'AQID',
    })
    expect(expectedOf({ from: 'text', text: 'AB CD' })).toEqual({ text: 'AB CD' })
  })
})
