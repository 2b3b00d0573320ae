import { encode } from 'next-auth/jwt'
import { describe, expect, it } from 'vitest'
import { sessionIdOf, sessionTokenOf } from './session-token'

const SECRET = 'a-secret-of-this-installation-and-no-other'
const SID = '6f2c1a52-6d0e-4b0c-9f9a-0d7a5f2f1c11'
const HOUR = 3600

const sealed = (token: Record<string, unknown>, { secret = SECRET, maxAge = HOUR, salt = '' } = {}) =>
  encode({ token, secret, maxAge, salt })

const idIn = (cookie: string | undefined, secret = SECRET) => sessionIdOf(cookie, secret)

/** With the first character of one of its five parts changed. */
function spoilt(token: string, part: number): string {
  const parts = token.split('.')
  const text = parts[part] ?? ''
  parts[part] = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
  return parts.join('.')
}

describe('the session’s cookie', () => {
  it('names the row that next-auth, or we, put into it', async () => {
    expect(await idIn(await sealed({ sid: SID }))).toBe(SID)
    expect(await idIn(await sessionTokenOf(SID, SECRET))).toBe(SID)
  })

  it.each([0, 1, 2, 3, 4])('names none once part %i of it was changed', async (part) => {
    expect(await idIn(spoilt(await sealed({ sid: SID }), part))).toBeNull()
  })

  it('names none when it is of another installation, of another use, or lapsed', async () => {
    expect(await idIn(await sealed({ sid: SID }, { secret: 'another-installation-s-secret' }))).toBeNull()
    expect(await idIn(await sealed({ sid: SID }, { salt: 'csrf' }))).toBeNull()
    expect(await idIn(await sealed({ sid: SID }, { maxAge: -HOUR }))).toBeNull()
  })

  it('is read by the secret that holds now', async () => {
    const token = await sealed({ sid: SID })
    expect(await idIn(token)).toBe(SID)
    expect(await idIn(token, 'the-secret-was-changed')).toBeNull()
    expect(await idIn(token)).toBe(SID)
  })

  it('names none when it holds no row’s id', async () => {
    expect(await idIn(await sealed({}))).toBeNull()
    expect(await idIn(await sealed({ sid: 'me' }))).toBeNull()
  })

  it('names none when its tag is cut short, however it is sealed', async () => {
    const parts = (await sealed({ sid: SID })).split('.')
    expect(await idIn([...parts.slice(0, 4), parts[4]?.slice(0, 6)].join('.'))).toBeNull()
  })

  it.each([[undefined], [''], ['no'], ['....'], ['a.b.c.d.e'], ['eyJhbGciOiJub25lIn0.e30.']])(
    'is no %o',
    async (text) => {
      expect(await idIn(text)).toBeNull()
    },
  )

  it.each([{ alg: 'none' }, { alg: 'dir', enc: 'A128GCM' }, { alg: 'A256KW', enc: 'A256GCM' }])(
    'is not sealed as %o',
    async (header) => {
      const [, ...rest] = (await sealed({ sid: SID })).split('.')
      const told = Buffer.from(JSON.stringify(header)).toString('base64url')
      expect(await idIn([told, ...rest].join('.'))).toBeNull()
    },
  )
})
