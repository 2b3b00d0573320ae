import { createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { jwkToSpki } from '@/lib/crypto'
import { LATEST_VAULT_TIME } from '@/lib/domain/keys/vault-time'
import { freshPrivateJwk } from '../testing/fresh-private-jwk'
import { type ContractWorld, failureOf, importBlob } from './contract-world'
import { IMPORTABLE } from './key-types'

/** Keys that come from elsewhere: disabled, and the same that were sent. */
export function importCases(world: () => ContractWorld): void {
  it.each(IMPORTABLE)('imports $label by transfer blob, disabled, and shows the same public key', async (type) => {
    if (type.kty === 'oct-HSM' && !world().subject.takesOctBlobs) {
      const error = await failureOf(importBlob(world(), type))
      expect(error).toMatchObject({ code: 'bad-request', certainty: 'refused' })
      return
    }
    const { answer, plaintext } = await importBlob(world(), type)
    expect(answer.requestId).toBeTruthy()
    expect(answer.value).toMatchObject({
      kty: type.kty,
      attributes: { enabled: false },
      tags: { drawbridge: 'contract' },
    })
    expect([...answer.value.keyOps].sort()).toEqual([...type.keyOps].sort())
    expect(answer.value.attributes.expiresAt).toEqual(LATEST_VAULT_TIME)
    if (plaintext.publicSpki) {
      if (!answer.value.publicJwk) throw new Error('an asymmetric key has a public key')
      expect(answer.value.sizeOrCurve).toBe(type.sizeOrCurve)
      expect(Buffer.from(jwkToSpki(answer.value.publicJwk))).toEqual(plaintext.publicSpki)
      expect(createPublicKey({ key: plaintext.publicSpki, format: 'der', type: 'spki' }).type).toBe('public')
    } else expect(answer.value.publicJwk).toBeNull()
  })

  it.each(CLEAR)('imports $kty in the clear, hardware $hsm, disabled, and shows the same public key', async (wish) => {
    const key = freshPrivateJwk(wish.kty)
    const work = world().subject.provider.importPrivateJwk({
      name: world().fresh(`clear-${wish.kty}`),
      key,
      hsm: wish.hsm,
      keyOps: wish.kty === 'oct' ? ['encrypt', 'decrypt'] : ['sign', 'verify'],
      enabled: false,
      notBefore: null,
      expiresAt: LATEST_VAULT_TIME,
      exportable: false,
      releasePolicy: null,
      tags: { drawbridge: 'contract' },
    })
    if ((!wish.hsm && !world().subject.takesSoftwareKeys) || (wish.kty === 'oct' && !world().subject.takesOctBlobs)) {
      expect(await failureOf(work)).toMatchObject({ code: 'bad-request', certainty: 'refused' })
      return
    }
    const { value } = await work
    expect(value).toMatchObject({
      kty: wish.hsm ? `${wish.kty}-HSM` : wish.kty,
      attributes: { enabled: false, expiresAt: LATEST_VAULT_TIME },
      tags: { drawbridge: 'contract' },
    })
    const ownX = key.kty === 'EC' ? Buffer.from(key.x).toString('base64url') : undefined
    const ownN = key.kty === 'RSA' ? Buffer.from(key.n).toString('base64url') : undefined
    expect(value.publicJwk).toEqual(
      key.kty === 'oct' ? null : expect.objectContaining(ownX ? { x: ownX } : { n: ownN }),
    )
  })

  it('refuses a blob that is not sealed under a KEK of this vault, and says so', async () => {
    const error = await failureOf(
      world().subject.provider.importTransferBlob({
        name: world().fresh('broken'),
        kty: 'RSA-HSM',
        blob: new TextEncoder().encode('{"schema_version":"1.0.0"}'),
        keyOps: ['sign'],
        enabled: false,
        notBefore: null,
        expiresAt: null,
        exportable: false,
        releasePolicy: null,
        tags: {},
      }),
    )
    expect(error).toMatchObject({ code: 'bad-request', certainty: 'refused' })
  })
}

const CLEAR = (['RSA', 'EC', 'oct'] as const).flatMap((kty) => [
  { kty, hsm: true },
  { kty, hsm: false },
])
