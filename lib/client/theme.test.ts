import { describe, expect, it } from 'vitest'
import { parseTheme, themeCookie, themeSetting } from './theme'

describe('the theme cookie', () => {
  it.each(['light', 'dark', 'system'])('keeps %s', (theme) => expect(parseTheme(theme)).toBe(theme))

  it.each([undefined, '', 'DARK', '"><script>'])('takes %j for the system’s wish', (value) => {
    expect(parseTheme(value)).toBe('system')
  })

  it('is bound to this host and to https, where there is https', () => {
    expect(themeSetting('dark', 'https://drawbridge.example.com')).toBe(
      '__Host-drawbridge-theme=dark; path=/; max-age=31536000; samesite=lax; secure',
    )
    expect(themeSetting('dark', 'http://127.0.0.1:3000')).toBe(
      'drawbridge-theme=dark; path=/; max-age=31536000; samesite=lax',
    )
  })

  it.each(['https://drawbridge.example.com', 'http://127.0.0.1:3000'])(
    'is read by the name it was set by, at %s',
    (url) => {
      expect(themeSetting('light', url).startsWith(`${themeCookie(url)}=light;`)).toBe(true)
    },
  )
})
