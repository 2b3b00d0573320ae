import { describe, expect, it } from 'vitest'
import { impossiblePasskeys, readPasskeySettings, relyingPartyId } from './passkey-settings.mjs'

describe('where browsers make passkeys', () => {
  it.each([
    ['https://keys.example.com', 'keys.example.com'],
    ['https://keys.example.com:8443', 'keys.example.com'],
    ['http://localhost:3000', 'localhost'],
    ['http://127.0.0.1:3000', undefined],
    ['http://[::1]:3000', undefined],
    ['https://192.0.2.7', undefined],
    ['https://[2001:db8::1]', undefined],
    ['http://keys.example.com', undefined],
  ])('%s', (origin, rpId) => {
    expect(relyingPartyId(origin)).toBe(rpId)
  })
})

describe('the settings of passkeys', () => {
  it('are off unless they say on', () => {
    const origin = 'https://keys.example.com'
    expect(readPasskeySettings({}, origin)).toMatchObject({ required: false, afterProvider: false })
    const on = { DRAWBRIDGE_REQUIRE_PASSKEYS: 'On', DRAWBRIDGE_PASSKEY_AFTER_OIDC: 'on' }
    expect(readPasskeySettings(on, origin)).toMatchObject({ required: true, afterProvider: true })
  })

  it('can’t ask for passkeys where no browser makes one', () => {
    const on = { DRAWBRIDGE_REQUIRE_PASSKEYS: 'on' }
    expect(impossiblePasskeys(on, 'http://127.0.0.1:3000')).toMatchObject([{ name: 'DRAWBRIDGE_REQUIRE_PASSKEYS' }])
    expect(impossiblePasskeys(on, 'http://localhost:3000')).toEqual([])
    expect(impossiblePasskeys({}, 'http://127.0.0.1:3000')).toEqual([])
  })
})
