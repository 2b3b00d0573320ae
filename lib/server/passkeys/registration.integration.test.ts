import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { anotherSession, PARTY, registered, SETTINGS } from '@/lib/testing/passkeys/registered'
import { type Attestation, softwareAuthenticator, type Told } from '@/lib/testing/passkeys/software-authenticator'
import type { Actor } from '../context'
import { beginRegistration } from './begin-registration'
import { CHALLENGE_LASTS_MS } from './challenge'
import { finishRegistration } from './finish-registration'
import { listPasskeys } from './list-passkeys'
import { removePasskey } from './remove-passkey'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const approver = () => testConsole.actors.custodian2

async function begun(actor: Actor, name: string = randomUUID()) {
  const answer = await beginRegistration(testConsole.ctx, actor, { name, settings: SETTINGS })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

const finish = (actor: Actor, challengeId: string, response: Parameters<typeof finishRegistration>[2]['response']) =>
  finishRegistration(testConsole.ctx, actor, { challengeId, response, settings: SETTINGS })

const passkeysOf = async (actor: Actor) => (await listPasskeys(testConsole.ctx, actor, SETTINGS)).passkeys

async function lastRefusal() {
  const where = { type: 'passkey.registered', phase: 'refused' } as const
  return (await testConsole.ctx.db.auditEvent.findFirst({ where, orderBy: { id: 'desc' } }))?.code
}

describe('registering a passkey', () => {
  it('asks for a user check, no attestation, and none of the devices that are registered already', async () => {
    const { ctx, actors } = testConsole
    const authenticator = await registered(ctx, actors.auditor)
    const { options } = await begun(actors.auditor)
    expect(options).toMatchObject({
      rp: { id: PARTY.rpId },
      user: { id: Buffer.from(actors.auditor.personId.replaceAll('-', ''), 'hex').toString('base64url') },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      excludeCredentials: [{ id: authenticator.id }],
    })
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -8, -257])
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32)
  })

  it.each(['ES256', 'EdDSA', 'RS256'] as const)('takes a key of %s, and records it', async (kind) => {
    const { ctx, actors } = testConsole
    const before = await passkeysOf(actors.administrator)
    const authenticator = await registered(ctx, actors.administrator, softwareAuthenticator(PARTY, kind))
    const after = await passkeysOf(actors.administrator)
    expect(after.slice(before.length)).toMatchObject([{ id: authenticator.id, synced: false, lastUsedAt: null }])
    const where = { type: 'passkey.registered', phase: 'noted', actorId: actors.administrator.personId } as const
    expect(await ctx.db.auditEvent.count({ where })).toBe(after.length)
  })

  it('takes an authenticator’s own signature on its key, which needs no certificate', async () => {
    const { challengeId, options } = await begun(approver())
    const answer = softwareAuthenticator(PARTY).register(options.challenge, {}, 'self')
    expect(await finish(approver(), challengeId, answer)).toMatchObject({ ok: true })
  })

  it('gives one name once, and one proof therefore one passkey', async () => {
    const { actors } = testConsole
    const name = 'Key on my ring'
    const [one, two] = [await begun(actors.viewer, name), await begun(actors.viewer, name)]
    const answers = await Promise.all(
      [one, two].map(({ challengeId, options }) =>
        finish(actors.viewer, challengeId, softwareAuthenticator(PARTY).register(options.challenge)),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const again = await beginRegistration(testConsole.ctx, actors.viewer, { name, settings: SETTINGS })
    expect(again).toMatchObject({ error: { code: 'invalid-input', fields: { name: expect.any(String) } } })
    expect(await passkeysOf(actors.viewer)).toHaveLength(1)
  })
})

describe('a registration is refused and recorded', () => {
  const certified: Attestation = { fmt: 'packed', attStmt: new Map([['x5c', [Buffer.from('3000', 'hex')]]]) }

  it.each<[string, Partial<Told>, string, Attestation?]>([
    ['made at another origin', { origin: 'https://console.example.test.evil.example' }, 'wrong-origin'],
    ['made at this host by plain http', { origin: 'http://console.example.test' }, 'wrong-origin'],
    ['made in another site’s frame', { crossOrigin: true, topOrigin: 'https://evil.example' }, 'wrong-origin'],
    ['made in a frame that is not named', { crossOrigin: true }, 'wrong-origin'],
    ['for another relying party', { rpId: 'evil.example' }, 'not-verified'],
    ['for another challenge', { challenge: 'AAAA' }, 'wrong-challenge'],
    ['that is a use and no registration', { type: 'webauthn.get' }, 'wrong-ceremony'],
    ['without the user having been checked', { userVerified: false }, 'not-verified'],
    ['without anybody there', { userPresent: false, userVerified: false }, 'not-verified'],
    // To check certificates the library would ask the addresses that they name.
    ['with certificates', {}, 'attested', certified],
    ['with an attestation of another kind', {}, 'attested', { fmt: 'tpm', attStmt: new Map() }],
  ])('%s', async (_title, lies, code, attestation) => {
    const before = await passkeysOf(approver())
    const { challengeId, options } = await begun(approver())
    const response = softwareAuthenticator(PARTY).register(options.challenge, lies, attestation)
    expect(await finish(approver(), challengeId, response)).toMatchObject({ error: { code: 'passkey-refused' } })
    expect(await lastRefusal()).toBe(code)
    expect(await passkeysOf(approver())).toEqual(before)
  })

  it('when it is not readable at all', async () => {
    const { challengeId, options } = await begun(approver())
    const answer = softwareAuthenticator(PARTY).register(options.challenge)
    const garbled = { ...answer, response: { ...answer.response, attestationObject: 'AAAA' } }
    expect(await finish(approver(), challengeId, garbled)).toMatchObject({ error: { code: 'passkey-refused' } })
    const words = { ...answer, response: { ...answer.response, clientDataJSON: 'AAAA' } }
    expect(await finish(approver(), (await begun(approver())).challengeId, words)).toMatchObject({ ok: false })
    expect(await lastRefusal()).toBe('unreadable')
  })

  it('when its challenge was used, right or wrong, by however many at once', async () => {
    const { challengeId, options } = await begun(approver())
    const wrong = softwareAuthenticator(PARTY).register(options.challenge, { userVerified: false })
    expect(await finish(approver(), challengeId, wrong)).toMatchObject({ ok: false })
    const right = softwareAuthenticator(PARTY).register(options.challenge)
    expect(await finish(approver(), challengeId, right)).toMatchObject({ ok: false })
    expect(await lastRefusal()).toBe('not-waiting')
    const other = await begun(approver())
    const many = Array.from({ length: 20 }, () => softwareAuthenticator(PARTY).register(other.options.challenge))
    const answers = await Promise.all(many.map((response) => finish(approver(), other.challengeId, response)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('when its challenge has lapsed, or is another session’s or another person’s', async () => {
    const { ctx, actors } = testConsole
    const lapsed = await begun(approver())
    testConsole.advance(CHALLENGE_LASTS_MS)
    const late = softwareAuthenticator(PARTY).register(lapsed.options.challenge)
    expect(await finish(approver(), lapsed.challengeId, late)).toMatchObject({ ok: false })
    testConsole.advance(-CHALLENGE_LASTS_MS)
    const { challengeId, options } = await begun(approver())
    const answer = softwareAuthenticator(PARTY).register(options.challenge)
    expect(await finish(await anotherSession(ctx, approver()), challengeId, answer)).toMatchObject({ ok: false })
    expect(await finish(actors.viewer, challengeId, answer)).toMatchObject({ ok: false })
    expect(await finish(approver(), challengeId, answer)).toMatchObject({ ok: true })
  })

  it('when somebody else has, or had, that very credential', async () => {
    const { ctx, actors } = testConsole
    const authenticator = await registered(ctx, actors.auditor)
    const { challengeId, options } = await begun(approver())
    const answer = await finish(approver(), challengeId, authenticator.register(options.challenge))
    expect(answer).toMatchObject({ error: { code: 'passkey-refused' } })
    expect(await lastRefusal()).toBe('known-credential')
  })

  it('at an address for which browsers make none, with the setting that mends it', async () => {
    const settings = { ...SETTINGS, origin: 'http://127.0.0.1:3000', rpId: undefined }
    const answer = await beginRegistration(testConsole.ctx, approver(), { name: 'x', settings })
    expect(answer).toMatchObject({
      error: { code: 'passkey-refused', message: expect.stringContaining('DRAWBRIDGE_URL=http://localhost:3000') },
    })
  })
})

describe('removing a passkey', () => {
  const remove = (actor: Actor, passkey: { id: string; name: string }, required = false) =>
    removePasskey(testConsole.ctx, actor, { passkeyId: passkey.id, name: passkey.name, settings: { required } })

  it('is for one’s own, by the name that was confirmed, once', async () => {
    const { ctx, actors } = testConsole
    await registered(ctx, actors.administrator2)
    const [passkey] = await passkeysOf(actors.administrator2)
    if (!passkey) throw new Error('no passkey')
    expect(await remove(actors.viewer, passkey)).toMatchObject({ error: { code: 'not-found' } })
    expect(await remove(actors.administrator2, { ...passkey, name: 'another' })).toMatchObject({ ok: false })
    expect(await remove(actors.administrator2, passkey)).toMatchObject({ ok: true })
    expect(await remove(actors.administrator2, passkey)).toMatchObject({ error: { code: 'not-found' } })
    expect(await passkeysOf(actors.administrator2)).toEqual([])
  })

  it('leaves the last one where the installation asks these roles for one, of two removed at once too', async () => {
    const { ctx, actors } = testConsole
    await registered(ctx, actors.custodian)
    await registered(ctx, actors.custodian)
    const both = await passkeysOf(actors.custodian)
    const answers = await Promise.all(both.map((passkey) => remove(actors.custodian, passkey, true)))
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort()).toEqual(['last-passkey', 'ok'])
    const [last] = await passkeysOf(actors.custodian)
    if (!last) throw new Error('none is left')
    expect(await remove(actors.custodian, last, false)).toMatchObject({ ok: true })
    await registered(ctx, actors.auditor)
    for (const passkey of await passkeysOf(actors.auditor)) {
      expect(await remove(actors.auditor, passkey, true)).toMatchObject({ ok: true })
    }
  })
})

describe('the database itself', () => {
  it('refuses to give a passkey to another, to change its key, to count it back and to bring a removed one back', async () => {
    const { ctx, actors } = testConsole
    const { id } = await registered(ctx, actors.viewer)
    const change = (data: Parameters<typeof ctx.db.passkey.update>[0]['data']) =>
      ctx.db.passkey.update({ where: { id }, data })
    await expect(change({ personId: actors.custodian.personId })).rejects.toThrow(/never changes/)
    await expect(change({ publicKey: new Uint8Array([1]) })).rejects.toThrow(/never changes/)
    await expect(change({ counter: 0 })).rejects.toThrow(/never goes back/)
    await change({ removedAt: ctx.clock() })
    await expect(change({ removedAt: null })).rejects.toThrow(/has been removed/)
  })
})
