import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { LATEST_VAULT_TIME } from '@/lib/domain/keys/vault-time'
import { isSamePolicy } from '@/lib/domain/releases/same-policy'
import { exportableWish } from '../testing/exportable-wish'
import { type ContractWorld, failureOf } from './contract-world'

/** What may leave a vault, and by which policy. */
export function releaseCases(world: () => ContractWorld): void {
  it('sets the release policy of a key and nothing else of it, until it is immutable: then it is refused and stays', async () => {
    const name = world().fresh('policy')
    const policyOf = (value: string) =>
      `{"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x","equals":"${value}"}]}]}`
    const { value: made } = await world().subject.provider.importPrivateJwk(
      exportableWish(name, 'RSA', policyOf('one'), { expiresAt: LATEST_VAULT_TIME, tags: { contract: 'yes' } }),
    )
    const held = async () => (await world().subject.provider.getKey(name)).value
    await world().subject.provider.setReleasePolicy({ name, text: policyOf('two'), immutable: false })
    const { releasePolicy, ...changed } = await held()
    expect(isSamePolicy(releasePolicy?.text ?? '', policyOf('two'))).toBe(true)
    expect(changed).toMatchObject({ version: made.version, keyOps: made.keyOps, tags: made.tags })
    expect(changed.attributes).toMatchObject({ enabled: false, exportable: true, expiresAt: LATEST_VAULT_TIME })
    await world().subject.provider.setReleasePolicy({ name, text: policyOf('three'), immutable: true })
    for (const [text, immutable] of [
      [policyOf('four'), true],
      [policyOf('three'), false],
    ] as const) {
      const error = await failureOf(world().subject.provider.setReleasePolicy({ name, text, immutable }))
      expect(error).toMatchObject({ code: 'bad-request', certainty: 'refused' })
    }
    const { releasePolicy: last } = await held()
    expect(last?.immutable).toBe(true)
    expect(isSamePolicy(last?.text ?? '', policyOf('three'))).toBe(true)
  })

  it('releases a key to a token that meets its policy, and says which reason another was refused for', async () => {
    const { authority, provider } = world().subject
    if (!authority) return
    const allOf = [{ claim: 'secureboot', equals: true }]
    const policy = { version: '1.0.0', anyOf: [{ authority: authority.url, allOf }] }
    const name = world().fresh('release')
    const { value: key } = await provider.importPrivateJwk(exportableWish(name, 'EC', JSON.stringify(policy)))
    const release = async (target: string, nonce: string | null = null) =>
      provider.releaseKey({
        ...{ name, version: key.version, target, nonce, callId: randomUUID() },
        algorithm: 'RSA_AES_KEY_WRAP_256',
      })
    const good = await authority.attest({})
    const refusals = async (target: string) => failureOf(release(target))
    expect(await refusals(good)).toMatchObject({ code: 'key-disabled', certainty: 'refused' })
    await provider.updateVersion({ name, version: key.version, enabled: true })
    const { value, requestId } = await release(good, 'bm9uY2U')
    expect(requestId).toBeTruthy()
    const payload = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(payload.request).toMatchObject({ kid: key.kid, enc: 'RSA_AES_KEY_WRAP_256', nonce: 'bm9uY2U' })
    const denied = { certainty: 'refused', facts: { status: 403 } }
    expect(await refusals(await authority.attest({ secureboot: false }))).toMatchObject({
      ...denied,
      code: 'policy-not-met',
    })
    expect(await refusals(await authority.attest({ exp: 1 }))).toMatchObject({
      ...denied,
      code: 'token-not-verified',
    })
  })
}
