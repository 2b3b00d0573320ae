import { createPublicKey, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jwkToSpki, sealTransferBlob } from '@/lib/crypto'
import { LATEST_VAULT_TIME } from '@/lib/domain/keys/vault-time'
import { isSamePolicy } from '@/lib/domain/releases/same-policy'
import { type ProviderError, ProviderError as ProviderErrorClass, type VaultKey, type VaultProvider } from './port'
import { freshPlaintext, type PlaintextType } from './testing/fresh-plaintext'
import { freshPrivateJwk } from './testing/fresh-private-jwk'

/** What every provider must do, whatever stands behind it. Makes keys of its own and deletes them again. */
export interface ContractSubject {
  provider: VaultProvider
  /** Symmetric keys by transfer blob. */
  takesOctBlobs: boolean
  /** Keys protected by software. */
  takesSoftwareKeys: boolean
  /** Where an attestation authority stands that signs what it is asked to; null: releases can't be tried. */
  authority: AttestingAuthority | null
  close: () => Promise<void>
}

export interface AttestingAuthority {
  url: string
  attest: (claims: Record<string, unknown>) => Promise<string>
}

export function describeContract(name: string, start: () => Promise<ContractSubject>): void {
  describe(`the vault port, kept by ${name}`, () => {
    let subject: ContractSubject
    let kek: VaultKey
    const made: string[] = []
    const fresh = (what: string) => {
      const keyName = `contract-${what}-${randomUUID().slice(0, 8)}`
      made.push(keyName)
      return keyName
    }

    beforeAll(async () => {
      subject = await start()
      const answer = await subject.provider.createKek({
        name: fresh('kek'),
        bits: 2048,
        expiresAt: null,
        tags: { contract: 'yes' },
      })
      kek = answer.value
    })
    afterAll(async () => {
      for (const keyName of made) await subject.provider.deleteKey(keyName).catch(expectMissing)
      await subject.close()
    })

    async function importKey(type: PlaintextType, keyName = fresh(type.label)) {
      const plaintext = await freshPlaintext(type)
      if (!kek.publicJwk) throw new Error('a KEK has a public key')
      const blob = await sealTransferBlob({
        kekSpki: jwkToSpki(kek.publicJwk),
        kekKid: kek.kid,
        plaintext: plaintext.bytes,
        generator: 'contract suite',
      })
      const answer = await subject.provider.importTransferBlob({
        name: keyName,
        kty: type.kty,
        ...(type.curve ? { curve: type.curve } : {}),
        blob,
        keyOps: [...type.keyOps],
        enabled: false,
        notBefore: null,
        expiresAt: LATEST_VAULT_TIME,
        exportable: false,
        releasePolicy: null,
        tags: { drawbridge: 'contract' },
      })
      return { answer, plaintext, keyName }
    }

    it('makes a KEK that may import and nothing else, and says which version it is', () => {
      expect(kek).toMatchObject({ kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['import'], tags: { contract: 'yes' } })
      expect(kek.kid).toMatch(/\/keys\/[^/]+\/[0-9a-f]{32}$/)
      expect(kek.attributes).toMatchObject({ enabled: true, expiresAt: null })
    })

    it.each(IMPORTABLE)('imports $label by transfer blob, disabled, and shows the same public key', async (type) => {
      if (type.kty === 'oct-HSM' && !subject.takesOctBlobs) {
        const error = await failureOf(importKey(type))
        expect(error).toMatchObject({ code: 'bad-request', certainty: 'refused' })
        return
      }
      const { answer, plaintext } = await importKey(type)
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

    it.each(CLEAR)(
      'imports $kty in the clear, hardware $hsm, disabled, and shows the same public key',
      async (wish) => {
        const key = freshPrivateJwk(wish.kty)
        const work = subject.provider.importPrivateJwk({
          name: fresh(`clear-${wish.kty}`),
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
        if ((!wish.hsm && !subject.takesSoftwareKeys) || (wish.kty === 'oct' && !subject.takesOctBlobs)) {
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
      },
    )

    it('sends no time that would arrive as another', async () => {
      const tooLate = {
        name: fresh('late'),
        bits: 2048,
        expiresAt: new Date(LATEST_VAULT_TIME.getTime() + 1),
        tags: {},
      }
      await expect(async () => subject.provider.createKek({ ...tooLate, bits: 2048 })).rejects.toThrow(RangeError)
    })

    it('refuses a blob that is not sealed under a KEK of this vault, and says so', async () => {
      const error = await failureOf(
        subject.provider.importTransferBlob({
          name: fresh('broken'),
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

    it('adds a version on each import of a name, and lists all of them with their tags', async () => {
      const { keyName, answer } = await importKey(EC_P256)
      const second = await importKey(EC_P256, keyName)
      const { value: versions } = await subject.provider.listVersions(keyName)
      expect(versions.map((listed) => listed.version).sort()).toEqual(
        [answer.value.version, second.answer.value.version].sort(),
      )
      expect(versions.every((listed) => listed.tags.drawbridge === 'contract' && !listed.attributes.enabled)).toBe(true)
      expect((await subject.provider.getKey(keyName)).value.version).toBe(second.answer.value.version)
      expect((await subject.provider.getKey(keyName, answer.value.version)).value.version).toBe(answer.value.version)
    })

    it('changes exactly the version that is named, and only what is named', async () => {
      const { keyName, answer } = await importKey(EC_P256)
      const second = await importKey(EC_P256, keyName)
      await subject.provider.updateVersion({
        name: keyName,
        version: answer.value.version,
        enabled: true,
        tags: { reviewed: 'yes' },
      })
      const { value: changed } = await subject.provider.getKey(keyName, answer.value.version)
      expect(changed).toMatchObject({
        attributes: { enabled: true, expiresAt: answer.value.attributes.expiresAt },
        tags: { reviewed: 'yes' },
      })
      expect([...changed.keyOps].sort()).toEqual(['sign', 'verify'])
      const { value: untouched } = await subject.provider.getKey(keyName, second.answer.value.version)
      expect(untouched.attributes.enabled).toBe(false)
    })

    it('sets the release policy of a key and nothing else of it, until it is immutable: then it is refused and stays', async () => {
      const name = fresh('policy')
      const policyOf = (value: string) =>
        `{"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x","equals":"${value}"}]}]}`
      const { value: made } = await subject.provider.importPrivateJwk({
        name,
        key: freshPrivateJwk('RSA'),
        hsm: true,
        keyOps: ['sign', 'verify'],
        enabled: false,
        notBefore: null,
        expiresAt: LATEST_VAULT_TIME,
        exportable: true,
        releasePolicy: { text: policyOf('one'), immutable: false },
        tags: { contract: 'yes' },
      })
      const held = async () => (await subject.provider.getKey(name)).value
      await subject.provider.setReleasePolicy({ name, text: policyOf('two'), immutable: false })
      const { releasePolicy, ...changed } = await held()
      expect(isSamePolicy(releasePolicy?.text ?? '', policyOf('two'))).toBe(true)
      expect(changed).toMatchObject({ version: made.version, keyOps: made.keyOps, tags: made.tags })
      expect(changed.attributes).toMatchObject({ enabled: false, exportable: true, expiresAt: LATEST_VAULT_TIME })
      await subject.provider.setReleasePolicy({ name, text: policyOf('three'), immutable: true })
      for (const [text, immutable] of [
        [policyOf('four'), true],
        [policyOf('three'), false],
      ] as const) {
        const error = await failureOf(subject.provider.setReleasePolicy({ name, text, immutable }))
        expect(error).toMatchObject({ code: 'bad-request', certainty: 'refused' })
      }
      const { releasePolicy: last } = await held()
      expect(last?.immutable).toBe(true)
      expect(isSamePolicy(last?.text ?? '', policyOf('three'))).toBe(true)
    })

    it('tells the key check value of an enabled symmetric key, and refuses it of a disabled one', async () => {
      if (!subject.takesOctBlobs) return
      const { keyName, answer, plaintext } = await importKey(AES_256)
      const { version } = answer.value
      expect(await failureOf(subject.provider.keyCheckValue(keyName, version, 256))).toMatchObject({
        code: 'key-disabled',
      })
      await subject.provider.updateVersion({ name: keyName, version, enabled: true, keyOps: ['encrypt'] })
      expect((await subject.provider.keyCheckValue(keyName, version, 256)).value).toBe(plaintext.keyCheckValue)
    })

    it('releases a key to a token that meets its policy, and says which reason another was refused for', async () => {
      const { authority, provider } = subject
      if (!authority) return
      const allOf = [{ claim: 'secureboot', equals: true }]
      const policy = { version: '1.0.0', anyOf: [{ authority: authority.url, allOf }] }
      const name = fresh('release')
      const { value: key } = await provider.importPrivateJwk({
        name,
        key: freshPrivateJwk('EC'),
        hsm: true,
        keyOps: ['sign', 'verify'],
        enabled: false,
        notBefore: null,
        expiresAt: null,
        exportable: true,
        releasePolicy: { text: JSON.stringify(policy), immutable: false },
        tags: {},
      })
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

    it('lists a key until it is deleted, then among the deleted, and blocks its name', async () => {
      const { keyName } = await importKey(EC_P256)
      expect(await names(subject.provider.listKeys())).toContain(keyName)
      expect((await subject.provider.getDeletedKey(keyName)).value).toBeNull()
      await subject.provider.deleteKey(keyName)
      await expect
        .poll(async () => (await subject.provider.getDeletedKey(keyName)).value?.name, { timeout: 30_000 })
        .toBe(keyName)
      expect(await names(subject.provider.listKeys())).not.toContain(keyName)
      expect(await names(subject.provider.listDeletedKeys())).toContain(keyName)
      expect(await failureOf(importKey(EC_P256, keyName))).toMatchObject({
        code: 'name-soft-deleted',
        certainty: 'refused',
      })
    })

    it('says of a name that is not there that it is not there', async () => {
      expect(await failureOf(subject.provider.getKey(`contract-none-${randomUUID()}`))).toMatchObject({
        code: 'key-not-found',
      })
    })

    it('answers a health check with how long it took', async () => {
      expect(await subject.provider.checkHealth()).toMatchObject({ state: 'answering', latencyMs: expect.any(Number) })
    })
  })
}

const EC_P256: PlaintextType = {
  label: 'EC-P-256',
  kty: 'EC-HSM',
  sizeOrCurve: 'P-256',
  curve: 'P-256',
  keyOps: ['sign', 'verify'],
}
const AES_256: PlaintextType = { label: 'AES-256', kty: 'oct-HSM', sizeOrCurve: '256', keyOps: ['encrypt', 'decrypt'] }
const IMPORTABLE: readonly PlaintextType[] = [
  { label: 'RSA-2048', kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['sign', 'verify'] },
  EC_P256,
  { label: 'EC-P-256K', kty: 'EC-HSM', sizeOrCurve: 'P-256K', curve: 'P-256K', keyOps: ['sign', 'verify'] },
  { label: 'EC-P-521', kty: 'EC-HSM', sizeOrCurve: 'P-521', curve: 'P-521', keyOps: ['sign', 'verify'] },
  AES_256,
]

const CLEAR = (['RSA', 'EC', 'oct'] as const).flatMap((kty) => [
  { kty, hsm: true },
  { kty, hsm: false },
])

async function names(keys: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const key of keys) found.push(key.name)
  return found
}

async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderErrorClass)) throw new Error(`expected a ProviderError, got ${String(error)}`)
  return error
}

function expectMissing(error: unknown): void {
  if (!(error instanceof ProviderErrorClass && error.certainty === 'refused')) throw error
}
