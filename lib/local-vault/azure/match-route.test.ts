import { describe, expect, it } from 'vitest'
import { matchRoute } from './match-route'

const version = '0123456789abcdef0123456789abcdef'

describe('a path finds its operation', () => {
  it.each([
    ['GET', '/keys', { operation: 'list', name: '', version: undefined }],
    ['GET', '/keys/a/', { operation: 'get', name: 'a', version: undefined }],
    ['GET', `/keys/a/${version}`, { operation: 'get', name: 'a', version }],
    ['GET', '/keys/a/versions', { operation: 'list-versions', name: 'a', version: undefined }],
    ['PUT', '/keys/a', { operation: 'import', name: 'a', version: undefined }],
    ['POST', '/keys/a/import', { operation: 'import', name: 'a', version: undefined }],
    ['PATCH', '/keys/a/', { operation: 'update', name: 'a', version: undefined }],
    ['POST', '/keys/a//sign', { operation: 'sign', name: 'a', version: undefined }],
    ['POST', `/keys/a/${version}/unwrapKey`, { operation: 'unwrapkey', name: 'a', version }],
    ['POST', '/DeletedKeys/a/recover', { operation: 'recover', name: 'a', version: undefined }],
    ['PUT', '/keys/create', { operation: 'import', name: 'create', version: undefined }],
  ])('%s %s', (method, path, match) => {
    expect(matchRoute(method, path)).toEqual(match)
  })

  it('or is refused: 405 for a known path with another method, 404 for an unknown one', () => {
    expect(() => matchRoute('POST', '/keys')).toThrow(expect.objectContaining({ status: 405 }))
    expect(() => matchRoute('GET', '/secrets/a')).toThrow(expect.objectContaining({ status: 404 }))
  })
})
