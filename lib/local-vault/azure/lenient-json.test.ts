import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLenientJson } from './lenient-json'

describe('lenient JSON', () => {
  it.each<[string, string, unknown]>([
    ['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
    [
      'single quotes, as one plugin writes its blobs',
      "{'schema_version':'1.0.0','header':{'kid':'https://v/keys/k/0','alg':'dir'},'ciphertext':'ab-_'}",
      { schema_version: '1.0.0', header: { kid: 'https://v/keys/k/0', alg: 'dir' }, ciphertext: 'ab-_' },
    ],
    ['both quotes', `{'a':"it's", "b":'say "so"', 'c':'it\\'s'}`, { a: "it's", b: 'say "so"', c: "it's" }],
    [
      'names without quotes',
      '{ kty : "RSA-HSM", key_ops:["sign"], ok: true, no: null }',
      {
        kty: 'RSA-HSM',
        key_ops: ['sign'],
        ok: true,
        no: null,
      },
    ],
    ['commas behind the last member', '{"a":[1,2,],"b":"x,]",}', { a: [1, 2], b: 'x,]' }],
    ['braces and colons inside text', `{'a':'{b:1,}'}`, { a: '{b:1,}' }],
    ['escapes', `{'a':'\\u0041\\n\\\\'}`, { a: 'A\n\\' }],
  ])('%s', (_what, text, expected) => {
    expect(parseLenientJson(text)).toEqual(expected)
  })

  it.each(['', '{', "{'a':'b}", "{'a':b}", '{"a" "b"}', "'\\", '[1,,2]', '{a:1 b:2}', "{'a'}"])(
    'refuses %s',
    (text) => {
      expect(() => parseLenientJson(text)).toThrow(SyntaxError)
    },
  )

  it('reads JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseLenientJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('gives what was meant, whatever stands in the text', () => {
    const quoted = (text: string) =>
      `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        expect(parseLenientJson(`{${quoted(name)}:${quoted(value)},}`)).toEqual({ [name]: value })
      }),
    )
  })

  it.each(["'\\", "'", '"\\"', 'a ', 'a:', ', ', '{[', "{'a':"])(
    'takes no time over a quarter megabyte of %s',
    (part) => {
      const startedAt = performance.now()
      try {
        parseLenientJson(part.repeat(256_000 / part.length))
      } catch {
        // Refused, or deep: here the time counts.
      }
      expect(performance.now() - startedAt).toBeLessThan(2_000)
    },
  )
})
