import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { kekQrText } from './kek-qr-text'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'

describe("the transfer sheet's QR code", () => {
  it('names its format and version, with a kid that stands for itself after decoding', () => {
    const text = kekQrText(kid, 'MIIB-_8')
    expect(text).toBe(
      'drawbridge-kek:1?kid=https%3A%2F%2Fcontoso.vault.azure.net%2Fkeys%2Fkek%2F0123456789abcdef0123456789abcdef&spki=MIIB-_8',
    )
    const query = new URLSearchParams(text.slice(text.indexOf('?')))
    expect(query.get('kid')).toBe(kid)
  })

  it('fits a code even for a 4096-bit KEK', () => {
    // 550 bytes of SubjectPublicKeyInfo are 734 characters of base64url.
    expect(() => encode(kekQrText(kid, 'A'.repeat(734)), { ecc: 'M' })).not.toThrow()
  })
})
