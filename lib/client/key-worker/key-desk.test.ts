import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asSpkiDer, copyBytes } from '@/lib/crypto'
import { readKeyFile } from '@/lib/crypto/key-file/read-key-file'
import type { ReadKeyFileResult } from '@/lib/crypto/key-file/read-result'
import type { FoundKey } from '@/lib/crypto/private-key/found-key'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import { searchFor } from '@/lib/testing/canary/find-needles'
import { needlesOf } from '@/lib/testing/canary/needles'
import { createKeyDesk } from './key-desk'
import { type KeyWorkerAnswer, SERVER_WILL_SEE_IT } from './messages'

const passphrase = 'correct horse battery staple'
const typed = () => new TextEncoder().encode(passphrase)
const kekPair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const kek = {
  kid: 'https://vault.example/keys/kek/0123456789abcdef0123456789abcdef',
  spki: asSpkiDer(copyBytes(kekPair.publicKey.export({ type: 'spki', format: 'der' }))),
}
const ecKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const plainFile = (key: KeyObject) => new Blob([key.export({ type: 'pkcs8', format: 'pem' })])
const lockedFile = (key: KeyObject) =>
  new Blob([key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })])
const secretOf = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')

/** Forms of the secret in an answer, as it would be sent to the page. */
function secretIn(answer: KeyWorkerAnswer, key: KeyObject): unknown[] {
  const text = JSON.stringify(answer, (_name, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
  return searchFor(needlesOf({ name: 'd', bytes: secretOf(key) }))(Buffer.from(text, 'latin1'))
}

/** A desk that shows which keys it was given, to see what becomes of them. */
function watchedDesk() {
  const given: FoundKey[] = []
  const files: Uint8Array[] = []
  const desk = createKeyDesk(async (bytes, options): Promise<ReadKeyFileResult> => {
    files.push(bytes)
    const result = await readKeyFile(bytes, options)
    if (result.result === 'keys') given.push(...result.keys)
    return result
  })
  const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
  return { desk, allWiped: () => [...given.map(({ material }) => material), ...files].every(isZero) }
}

describe('the key worker’s desk', () => {
  it('answers a name of a file without what would turn or hide other text, and not at any length', async () => {
    const named = (kid: string) => new Blob([JSON.stringify({ ...ecKey().export({ format: 'jwk' }), kid })])
    const nameOf = async (kid: string) => {
      const answer = await createKeyDesk(readKeyFile).answer({ ask: 'read', file: named(kid) })
      return answer.answer === 'keys' ? answer.keys[0]?.name : answer
    }
    expect(await nameOf('Zahlungen für März')).toBe('Zahlungen für März')
    expect(await nameOf('pay\u202egnp.exe\u0007')).toBe('pay gnp.exe')
    expect(await nameOf('n'.repeat(500))).toBe('n'.repeat(256))
  })

  it('answers public facts of what it read, and nothing of the secret', async () => {
    const key = ecKey()
    const answer = await createKeyDesk(readKeyFile).answer({ ask: 'read', file: plainFile(key) })
    expect(answer).toMatchObject({ answer: 'keys', keys: [{ kind: 'EC', sizeOrCurve: 'P-256' }] })
    expect(secretIn(answer, key)).toEqual([])
  })

  it('seals the key that was read: who holds the KEK opens it, and nothing is held any more', async () => {
    const key = ecKey()
    const { desk, allWiped } = watchedDesk()
    await desk.answer({ ask: 'read', file: plainFile(key) })
    const answer = await desk.answer({ ask: 'seal', key: 0, kek })
    expect(secretIn(answer, key)).toEqual([])
    expect(answer.answer).toBe('sealed')
    if (answer.answer !== 'sealed') return
    const blob = JSON.parse(new TextDecoder().decode(answer.file))
    expect(blob).toMatchObject({ header: { kid: kek.kid }, generator: expect.stringMatching(/^Drawbridge \d/) })
    expect(allWiped()).toBe(true)
    expect(await desk.answer({ ask: 'seal', key: 0, kek })).toEqual({ answer: 'failed', because: 'no-key' })
  })

  it('asks for a passphrase only when it is needed, keeps the file after a wrong one, and wipes each', async () => {
    const key = ecKey()
    const { desk, allWiped } = watchedDesk()
    expect(await desk.answer({ ask: 'read', file: lockedFile(key) })).toMatchObject({ answer: 'passphrase-needed' })
    const wrong = new TextEncoder().encode('wrong')
    expect(await desk.answer({ ask: 'unlock', passphrase: wrong })).toMatchObject({
      answer: 'refused',
      code: 'wrong-passphrase',
    })
    const right = typed()
    const answer = await desk.answer({ ask: 'unlock', passphrase: right })
    expect(answer).toMatchObject({ answer: 'keys', format: 'encrypted-pkcs8' })
    expect([...wrong, ...right].every((byte) => byte === 0)).toBe(true)
    expect(secretIn(answer, key)).toEqual([])
    desk.forget()
    expect(allWiped()).toBe(true)
  })

  it('lets nothing of one file be reached when the next begins', async () => {
    const { desk, allWiped } = watchedDesk()
    await desk.answer({ ask: 'read', file: plainFile(ecKey()) })
    const next = await desk.answer({ ask: 'read', file: new Blob(['-----BEGIN CERTIFICATE-----']) })
    expect(next.answer).not.toBe('keys')
    expect(allWiped()).toBe(true)
    expect(await desk.answer({ ask: 'seal', key: 0, kek })).toEqual({ answer: 'failed', because: 'no-key' })
    expect(await desk.answer({ ask: 'unlock', passphrase: typed() })).toEqual({ answer: 'failed', because: 'no-file' })
  })

  it('hands out a private key only where that is asked for in so many words', async () => {
    const key = ecKey()
    const { desk, allWiped } = watchedDesk()
    await desk.answer({ ask: 'read', file: plainFile(key) })
    const answer = await desk.answer({ ask: 'private-jwk', key: 0, acknowledged: SERVER_WILL_SEE_IT })
    if (answer.answer !== 'private-jwk') throw new Error(`answered ${answer.answer}`)
    const jwk = JSON.parse(new TextDecoder().decode(answer.jwk))
    const same = createPrivateKey({ format: 'jwk', key: jwk })
    expect(same.export({ format: 'jwk' })).toEqual(key.export({ format: 'jwk' }))
    expect(allWiped()).toBe(true)
  })

  it('says that a KEK can’t wrap, and holds nothing afterwards', async () => {
    const { desk, allWiped } = watchedDesk()
    await desk.answer({ ask: 'read', file: plainFile(ecKey()) })
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const spki = asSpkiDer(copyBytes(publicKey.export({ type: 'spki', format: 'der' })))
    const answer = await desk.answer({ ask: 'seal', key: 0, kek: { kid: kek.kid, spki } })
    expect(answer).toEqual({ answer: 'failed', because: 'kek' })
    expect(allWiped()).toBe(true)
  })

  it('passes a transfer blob on, also a broken one, and keeps what is no blob', async () => {
    const desk = createKeyDesk(readKeyFile)
    const blob = JSON.stringify({ schema_version: '1.0', header: { kid: kek.kid, alg: 'dir' }, ciphertext: 'AAAA' })
    const read = async (file: BlobPart) => (await desk.answer({ ask: 'read', file: new Blob([file]) })).answer
    for (const file of [blob, `\uFEFF${blob}`, blob.replaceAll('"', "'"), blob.slice(0, -9), btoa(blob), '']) {
      expect(await read(file), file).toBe('transfer-blob')
    }
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    expect(await read(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe('refused')
    expect(await read('{"kty":"EC","crv":"P-256"}')).toBe('refused')
  })

  it('leaves every broken transfer blob to the checks that name what is wrong with it, but for PEM', async () => {
    const desk = createKeyDesk(readKeyFile)
    await desk.answer({ ask: 'read', file: plainFile(ecKey()) })
    const sealed = await desk.answer({ ask: 'seal', key: 0, kek })
    if (sealed.answer !== 'sealed') throw new Error(`answered ${sealed.answer}`)
    const kept: string[] = []
    for (const { id, bytes } of brokenBlobs({ bytes: sealed.file, kekBits: 2048 })) {
      const { answer } = await desk.answer({ ask: 'read', file: new Blob([new Uint8Array(bytes)]) })
      if (answer !== 'transfer-blob') kept.push(id)
    }
    expect(kept).toEqual(['pem-private-key', 'pem-public-key'])
  })
})
