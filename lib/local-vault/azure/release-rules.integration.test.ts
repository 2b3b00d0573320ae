import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, policyText } from '../testing/attest'
import type { RawClient } from '../testing/raw-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

// Who may be exportable, and what may be changed of it: the rules with the numbers that are known.

const environmentKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const data = (claims: Record<string, unknown>, authority: string) =>
  Buffer.from(policyText(authority, claims)).toString('base64url')

let vault: TestVault
let policy: { data: string }
let never: { data: string }
beforeAll(async () => {
  vault = await startTestVault({ vaults: { standard: true } })
  const { url } = vault.description.attestation
  policy = { data: data({ secureboot: true }, url) }
  never = { data: data({ secureboot: false }, url) }
})
afterAll(() => vault.stop())

const attributes = { exportable: true }
const errorOf = async (reply: ReturnType<RawClient>) => {
  const { status, body } = await reply
  return [status, body.error?.code, body.error?.message]
}
const skr = (number: number, sentence: string) => [400, 'BadParameter', `AKV.SKR.${number}: ${sentence}`]
const create = (name: string, body: Record<string, unknown>, query = '') =>
  vault.raw('POST', `/keys/${name}/create${query}`, { kty: 'EC-HSM', ...body })
const release = async (path: string) => {
  const target = await attest(vault.description, { key: environmentKey })
  return (await vault.raw('POST', `${path}/release`, { target })).status
}

describe('exportable', () => {
  it('needs a policy, and a policy needs exportable, at creation and at import', async () => {
    const { d, x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    const key = { kty: 'EC-HSM', crv: 'P-256', d, x, y }
    const without = skr(1004, 'Exportable keys must have release policy.')
    const needless = skr(1005, 'Non-exportable keys must not have release policy.')
    expect(await errorOf(create('a', { attributes }))).toEqual(without)
    expect(await errorOf(vault.raw('PUT', '/keys/a', { key, attributes }))).toEqual(without)
    expect(await errorOf(create('a', { release_policy: policy }))).toEqual(needless)
    expect(await errorOf(create('a', { attributes: { exportable: false }, release_policy: policy }))).toEqual(needless)
    expect(await errorOf(vault.raw('PUT', '/keys/a', { key, release_policy: policy }))).toEqual(needless)
    expect((await vault.raw('GET', '/keys/a')).status).toBe(404)
  })

  it('is for HSM types only, on a premium vault only, and not before api-version 7.3-preview', async () => {
    const all = { attributes, release_policy: policy }
    expect(await errorOf(create('soft', { ...all, kty: 'EC' }))).toEqual(skr(1006, 'Exportable keys must be HSM keys.'))
    const tooEarly = skr(
      1001,
      "The exportable attribute is only supported with premium vaults and API version >= '7.3-preview'.",
    )
    expect(await errorOf(create('old', all, '?api-version=7.2'))).toEqual(tooEarly)
    expect(await errorOf(create('old', all, '?api-version=2016-10-01'))).toEqual(tooEarly)
    expect((await create('old', all, '?api-version=7.3-preview')).status).toBe(200)
    for (const kty of ['EC', 'EC-HSM']) {
      const [status, code] = await errorOf(vault.rawStandard('POST', '/keys/a/create', { kty, ...all }))
      expect([status, code]).toEqual([400, 'BadParameter'])
    }
    expect(await errorOf(vault.rawStandard('POST', '/keys/a/create', { kty: 'EC', ...all }))).toEqual(tooEarly)
  })

  it('can’t be changed, by update or by another version', async () => {
    await create('fixed', { attributes, release_policy: policy })
    const modify = skr(1014, 'Cannot modify the exportable state of a key.')
    expect(await errorOf(vault.raw('PATCH', '/keys/fixed', { attributes: { exportable: false } }))).toEqual(modify)
    expect((await vault.raw('PATCH', '/keys/fixed', { attributes })).status).toBe(200)
    expect(await errorOf(create('fixed', {}))).toEqual(
      skr(1003, 'The exportable attribute of an existing key cannot be changed.'),
    )
    await create('never', {})
    expect(await errorOf(vault.raw('PATCH', '/keys/never', { attributes }))).toEqual(modify)
    expect((await errorOf(create('never', { attributes, release_policy: policy })))[2]).toMatch(/^AKV\.SKR\.1003:/)
    expect(await errorOf(vault.raw('PATCH', '/keys/never', { release_policy: policy }))).toEqual(
      skr(1005, 'Non-exportable keys must not have release policy.'),
    )
  })

  it('a Managed HSM says it without the numbers, and with its activity', async () => {
    const reply = await errorOf(vault.rawHsm('POST', '/keys/a/create', { kty: 'EC-HSM', attributes }))
    expect(reply[2]).toMatch(/^Exportable keys must have release policy \(Activity ID: [0-9a-f-]{36}\)$/)
  })
})

describe('a policy', () => {
  it('can be replaced on the key, not on a version, and then holds for every version', async () => {
    const first = await create('replaced', { attributes, release_policy: policy })
    await create('replaced', { attributes, release_policy: policy })
    const path = new URL(first.body.key.kid).pathname
    expect(await release(path)).toBe(200)
    expect(await errorOf(vault.raw('PATCH', path, { release_policy: never }))).toEqual(
      skr(1016, 'Key Release Policy can only be set on versionless key.'),
    )
    const replaced = await vault.raw('PATCH', '/keys/replaced', { release_policy: never })
    expect(replaced.body).toMatchObject({ release_policy: { ...never, immutable: false } })
    expect([await release('/keys/replaced'), await release(path)]).toEqual([403, 403])
  })

  it('can’t be modified once it is immutable: not by update, not by another version', async () => {
    const immutable = { ...policy, immutable: true }
    const cannot = skr(1020, 'Immutable Key Release Policy cannot be modified.')
    await create('set', { attributes, release_policy: policy })
    expect((await vault.raw('PATCH', '/keys/set', { release_policy: immutable })).status).toBe(200)
    expect(await errorOf(vault.raw('PATCH', '/keys/set', { release_policy: never }))).toEqual(cannot)
    expect(await errorOf(vault.raw('PATCH', '/keys/set', { release_policy: { ...policy, immutable: false } }))).toEqual(
      cannot,
    )
    expect(await errorOf(create('set', { attributes, release_policy: never }))).toEqual(cannot)
    expect(await errorOf(create('set', { attributes, release_policy: policy }))).toEqual(cannot)
    expect((await create('set', { attributes, release_policy: immutable })).status).toBe(200)
    expect((await vault.raw('GET', '/keys/set')).body).toMatchObject({ release_policy: immutable })
    expect((await vault.raw('PATCH', '/keys/set', { tags: { still: 'mine' } })).status).toBe(200)
  })

  it('is made immutable by one, while another makes a version with another: one of them is told', async () => {
    await create('raced', { attributes, release_policy: policy })
    const replies = await Promise.all([
      create('raced', { kty: 'RSA-HSM', key_size: 2048, attributes, release_policy: never }),
      vault.raw('PATCH', '/keys/raced', { release_policy: { ...policy, immutable: true } }),
    ])
    expect(replies.map(({ status }) => status)).toContain(200)
    const { body } = await vault.raw('GET', '/keys/raced')
    const isBoth = replies.every(({ status }) => status === 200)
    // Both may win in one order only: first the version, then the policy for all of them.
    expect(body).toMatchObject({
      release_policy: isBoth || replies[1]?.status === 200 ? { ...policy, immutable: true } : never,
    })
  })

  it.each([
    ['no JSON', 'AAAA', /is not JSON/],
    [
      'no conditions',
      '{"version":"1.0.0","anyOf":[{"authority":"https://a.example"}]}',
      /neither allOf nor anyOf.*anyOf\[0\]/,
    ],
    [
      'an object as value',
      '{"version":"1.0.0","anyOf":[{"authority":"a","allOf":[{"claim":"a","equals":{}}]}]}',
      /allOf\[0\]/,
    ],
  ])('with %s is refused with the place', async (_, text, words) => {
    const release_policy = { data: text === 'AAAA' ? text : Buffer.from(text).toString('base64url') }
    const [status, code, message] = await errorOf(create('bad', { attributes, release_policy }))
    expect([status, code]).toEqual([400, 'BadParameter'])
    expect(message).toMatch(words)
  })

  it('goes on with rotation, immutable as it was', async () => {
    const release_policy = { ...policy, immutable: true }
    const first = await create('rotated', { attributes, release_policy })
    const second = await vault.raw('POST', '/keys/rotated/rotate')
    expect(second.body.key.kid).not.toBe(first.body.key.kid)
    expect(second.body).toMatchObject({ attributes, release_policy })
    expect(await release('/keys/rotated')).toBe(200)
  })

  it('with an operator that is not there is taken, and never met', async () => {
    const { url } = vault.description.attestation
    const text = JSON.stringify({
      version: '1.0.0',
      anyOf: [{ authority: url, allOf: [{ claim: 'x-ms-sgx-svn', greater: 0 }] }],
    })
    await create('greater', { attributes, release_policy: { data: Buffer.from(text).toString('base64') } })
    expect(await release('/keys/greater')).toBe(403)
  })
})
