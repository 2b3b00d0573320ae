import { describe, expect, it } from 'vitest'
import { indentedPolicy } from './indented-policy'

describe('a policy set out in lines', () => {
  it('is the same policy', () => {
    expect(indentedPolicy('{"version":"1.0.0","anyOf":[]}')).toBe('{\n  "version": "1.0.0",\n  "anyOf": []\n}')
  })

  it.each([
    ['a member that stands twice, of which a reader sees one', '{"claim":"x","equals":"a","equals":"b"}'],
    ['no JSON', '{"version":'],
    ['nothing', ''],
  ])('stays as it is: %s', (_, text) => {
    expect(indentedPolicy(text)).toBe(text)
  })
})
