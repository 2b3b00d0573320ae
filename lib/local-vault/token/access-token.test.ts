import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkToken, issueToken, type TokenAuthority, tokenLifetimeSeconds } from './access-token'

function authority(changes: Partial<TokenAuthority> = {}) {
  let moved = 0
  const made: TokenAuthority = {
    tenantId: 'tenant',
    clientId: 'client',
    clientObjectId: 'object',
    clientSecret: 'secret',
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

const vault = 'https://vault.azure.net'
const hsm = 'https://managedhsm.azure.net'
const good = { ok: true, caller: { appid: 'client', oid: 'object' } }

describe('a token that was verified before', () => {
  it('is good again, for its own audience only', async () => {
    const { made } = authority()
    const bearer = `Bearer ${await issueToken(made, vault)}`
    for (let call = 0; call < 3; call += 1) expect(await checkToken(made, bearer, vault)).toEqual(good)
    expect(await checkToken(made, bearer, hsm)).toEqual({ ok: false, refusal: 'wrong-audience' })
    expect(await checkToken(made, bearer, vault)).toEqual(good)
  })

  it('expires with the clock, and is good again when the clock goes back', async () => {
    const { made, move } = authority()
    const bearer = `Bearer ${await issueToken(made, vault)}`
    expect(await checkToken(made, bearer, vault)).toEqual(good)
    move(tokenLifetimeSeconds + 4)
    expect(await checkToken(made, bearer, vault)).toEqual(good)
    move(1)
    expect(await checkToken(made, bearer, vault)).toEqual({ ok: false, refusal: 'expired' })
    move(-tokenLifetimeSeconds - 5)
    expect(await checkToken(made, bearer, vault)).toEqual(good)
    move(-6)
    expect(await checkToken(made, bearer, vault)).toEqual({ ok: false, refusal: 'malformed' })
  })

  it('is nothing to another installation, nor with one character changed', async () => {
    const { made } = authority()
    const token = await issueToken(made, vault)
    expect(await checkToken(made, `Bearer ${token}`, vault)).toEqual(good)
    expect(await checkToken(authority().made, `Bearer ${token}`, vault)).toEqual({ ok: false, refusal: 'malformed' })
    const other = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    expect(await checkToken(made, `Bearer ${other}`, vault)).toEqual({ ok: false, refusal: 'malformed' })
  })

  it('is remembered among so many others that not all are', async () => {
    const { made } = authority()
    const tokens = await Promise.all(Array.from({ length: 600 }, () => issueToken(made, vault)))
    for (const token of [...tokens, ...tokens]) expect(await checkToken(made, `Bearer ${token}`, vault)).toEqual(good)
  })
})
