import { describe, expect, it } from 'vitest'
import { sameOriginPath } from './same-origin-path'

describe('where sign-in leads', () => {
  it.each(['/keys', '/keys?state=active&page=2', '/review/0c9f'])('%s is a path of this console', (path) => {
    expect(sameOriginPath(path)).toBe(path)
  })

  it.each([
    null,
    undefined,
    '',
    'keys',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
  ])('%j leads nowhere', (next) => {
    expect(sameOriginPath(next)).toBeUndefined()
  })

  it('drops what is after a #', () => {
    expect(sameOriginPath('/keys#x')).toBe('/keys')
  })
})
