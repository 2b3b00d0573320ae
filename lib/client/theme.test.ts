import { describe, expect, it } from 'vitest'
import { parseTheme } from './theme'

describe('the theme cookie', () => {
  it.each(['light', 'dark', 'system'])('keeps %s', (theme) => expect(parseTheme(theme)).toBe(theme))

  it.each([undefined, '', 'DARK', '"><script>'])('takes %j for the system’s wish', (value) => {
    expect(parseTheme(value)).toBe('system')
  })
})
