import { describe, expect, it } from 'vitest'
import { concatBytes } from '../bytes'
import { readKeyFile } from '../key-file/read-key-file'
import { fixture } from '../testing/fixture'
import { foundKey } from './found-key-of'
import { shownName } from './shown-name'

describe('the name of a key', () => {
  it.each([
    ['Schlüssel №1 🗝', 'Schlüssel №1 🗝'],
    ['  two\r\n\tlines\u2028more ', 'two lines more'],
    ['payroll\u202egpj.yek', 'payroll gpj.yek'],
    ['a\u0000b\u001b[31m', 'a b [31m'],
    ['\u200b\ufeff ', undefined],
    ['', undefined],
    ['🗝'.repeat(300), '🗝'.repeat(256)],
    [`${'a'.repeat(2 ** 20)}`, 'a'.repeat(256)],
  ])('%j is shown without what deceives', (text, expected) => {
    expect(shownName(text)).toBe(expected)
  })

  it('is shown so whatever format it came from', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32))
    expect(await foundKey({ kind: 'oct', bytes }, { name: 'pay\u202eroll' })).toMatchObject({ name: 'pay roll' })
  })

  // OpenSSL writes `friendlyName: h\xe4` where the name is "hä".
  it.each([
    ['UTF-8', new TextEncoder().encode('Schlüssel')],
    ['Latin-1', Uint8Array.from([...'Schlüssel'], (letter) => letter.charCodeAt(0))],
  ])('is read from bag attributes in %s', async (_, name) => {
    const text = (ascii: string) => new TextEncoder().encode(ascii)
    const [before, pem] = [
      text(`${'x'.repeat(1100)}é\nBag Attributes\n    friendlyName: `),
      await fixture('key-files/p256.pkcs8.pem'),
    ]
    expect(await readKeyFile(concatBytes(before, name, text('\n'), pem))).toMatchObject({
      keys: [{ name: 'Schlüssel' }],
    })
  })
})
