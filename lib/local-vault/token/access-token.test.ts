import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkToken, issueToken, type TokenAuthority, tokenLifetimeSeconds } from './access-token'

const client = { clientId: 'client', clientObjectId: 'object', clientSecret: 'secret' }
const vault = 'https://vault.azure.net'
const hsm = 'https://managedhsm.azure.net'
const local = 'https://localhost:20002'

function authority(changes: Partial<TokenAuthority> = {}) {
  let moved = 0
  const made: TokenAuthority = {
    tenantId: 'tenant',
    clients: [client],
    resources: [vault, local, hsm],
    url: 'http://127.0.0.1:20001',
    key: randomBytes(32),
    now: () => 1_800_000_000_000 + moved * 1000,
    ...changes,
  }
  const move = (seconds: number) => {
    moved += seconds
  }
  return { made, move }
}

const caller = { appid: 'client', appidacr: '1', oid: 'object', tid: 'tenant', iss: 'http://127.0.0.1:20001/tenant/' }
const good = { ok: true, caller }

describe('a token that was verified before', () => {
  it('is good again, for its own audience only', async () => {
    const { made } = authority()
    const bearer = `Bearer ${await issueToken(made, client, vault)}`
    for (let call = 0; call < 3; call += 1) expect(await checkToken(made, bearer, [vault])).toEqual(good)
    expect(await checkToken(made, bearer, [hsm])).toEqual({ ok: false, refusal: 'wrong-audience' })
    expect(await checkToken(made, bearer, [vault])).toEqual(good)
  })

  it('is good for a vault that answers for several audiences, each of them exactly', async () => {
    const { made } = authority()
    const bearer = `Bearer ${await issueToken(made, client, local)}`
    for (let call = 0; call < 2; call += 1) {
      expect(await checkToken(made, bearer, [vault, local])).toEqual(good)
      for (const others of [[vault], [hsm, 'https://localhost:20003'], [`${local}/`], ['https://localhost']])
        expect(await checkToken(made, bearer, others)).toEqual({ ok: false, refusal: 'wrong-audience' })
    }
  })

  it('expires with the clock, and is good again when the clock goes back', async () => {
    const { made, move } = authority()
    const bearer = `Bearer ${await issueToken(made, client, vault)}`
    expect(await checkToken(made, bearer, [vault])).toEqual(good)
    move(tokenLifetimeSeconds + 4)
    expect(await checkToken(made, bearer, [vault])).toEqual(good)
    move(1)
    expect(await checkToken(made, bearer, [vault])).toEqual({ ok: false, refusal: 'expired' })
    move(-tokenLifetimeSeconds - 5)
    expect(await checkToken(made, bearer, [vault])).toEqual(good)
    move(-6)
    expect(await checkToken(made, bearer, [vault])).toEqual({ ok: false, refusal: 'malformed' })
  })

  it('is nothing to another installation, nor with one character changed', async () => {
    const { made } = authority()
    const token = await issueToken(made, client, vault)
    expect(await checkToken(made, `Bearer ${token}`, [vault])).toEqual(good)
    expect(await checkToken(authority().made, `Bearer ${token}`, [vault])).toEqual({ ok: false, refusal: 'malformed' })
    const other = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    expect(await checkToken(made, `Bearer ${other}`, [vault])).toEqual({ ok: false, refusal: 'malformed' })
  })

  it('is remembered among so many others that not all are', async () => {
    const { made } = authority()
    const tokens = await Promise.all(Array.from({ length: 600 }, () => issueToken(made, client, vault)))
    for (const token of [...tokens, ...tokens]) expect(await checkToken(made, `Bearer ${token}`, [vault])).toEqual(good)
  })
})
