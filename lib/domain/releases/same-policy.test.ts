import { describe, expect, it } from 'vitest'
import { isSamePolicy } from './same-policy'

const given =
  '{"version":"1.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x.y","equals":true},{"claim":"z","equals":"1"}]}]}'
const givenBack = JSON.stringify(
  {
    anyOf: [
      {
        allOf: [
          { equals: true, claim: 'x.y' },
          { equals: '1', claim: 'z' },
        ],
        authority: 'https://a.example',
      },
    ],
    version: '1.0.0',
  },
  null,
  2,
)

describe('one policy in two writings', () => {
  it('is the same, whatever the order of members, the spaces and the spelling of its version', () => {
    expect(isSamePolicy(given, givenBack)).toBe(true)
    expect(isSamePolicy(given.replace('allOf', 'allof'), givenBack)).toBe(true)
  })

  it.each([
    ['a value', givenBack.replace('true', 'false')],
    ['a value’s type', givenBack.replace('true', '"true"')],
    ['a claim', givenBack.replace('x.y', 'x.z')],
    ['an authority', givenBack.replace('a.example', 'b.example')],
    ['all for any', givenBack.replace('allOf', 'anyOf')],
    ['a condition less', givenBack.replace(/,\s*\{\s*"equals": "1",\s*"claim": "z"\s*\}/, '')],
    ['no policy', '{'],
  ])('is another with %s changed', (_what, other) => {
    expect(other).not.toBe(givenBack)
    expect(isSamePolicy(given, other)).toBe(false)
  })

  it('that nobody can read is compared to the letter', () => {
    expect(isSamePolicy('{', '{')).toBe(true)
    expect(isSamePolicy('{', '{ ')).toBe(false)
  })
})
