import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { WizardKek } from '@/lib/domain/imports/views'
import type { KeyFacts } from '../key-worker/key-facts'
import type { ReadAnswer } from '../key-worker/messages'
import type { Ended, EndedBecause, KeyWorker } from '../key-worker/start-key-worker'
import { createHeldFile } from './held-file'
import { createHeldKey } from './held-key'
import type { WizardEvent } from './wizard'

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const spki = publicKey.export({ type: 'spki', format: 'der' })
const kek: WizardKek = {
  id: 'kek-1',
  name: 'kek',
  kid: 'https://vault.example/keys/kek/0123456789abcdef0123456789abcdef',
  bits: 2048,
  spki: spki.toString('base64'),
  spkiSha256: createHash('sha256').update(spki).digest('hex'),
  keyOps: ['import'],
  enabled: true,
  notBefore: null,
  expiresAt: null,
}
const key: KeyFacts = {
  kind: 'EC',
  sizeOrCurve: 'P-256',
  name: null,
  publicJwk: null,
  spkiSha256: 'ab'.repeat(32),
  jwkThumbprint: null,
  kcv: null,
  warnings: [],
}
const found: ReadAnswer = { answer: 'keys', format: 'pkcs8', keys: [key], leftOut: [] }
const locked: ReadAnswer = { answer: 'passphrase-needed', format: 'pkcs12', cipher: 'AES-256-CBC', kdf: 'PBKDF2' }
const blob = new TextEncoder().encode(JSON.stringify({ header: { kid: kek.kid }, ciphertext: 'AAAA' }))

/** Workers that answer as they are told, and say how they ended. */
function setUp(reads: Promise<ReadAnswer | Ended>[]) {
  const events: WizardEvent[] = []
  const ended: EndedBecause[] = []
  const left: ((because: EndedBecause) => void)[] = []
  const start = (onEnded: (because: EndedBecause) => void): KeyWorker => {
    left.push(onEnded)
    const next = () => reads.shift() ?? Promise.reject(new Error('no more answers'))
    return {
      read: next,
      unlock(passphrase) {
        structuredClone(passphrase, { transfer: [passphrase.buffer] }) // gone from here, as to a real worker
        return next()
      },
      seal: async () => ({ answer: 'sealed', file: new Uint8Array(blob) }),
      privateJwk: async () => ({ answer: 'failed', because: 'failed' }),
      stay: () => undefined,
      end(because = 'cancelled') {
        ended.push(because)
        onEnded(because)
      },
    }
  }
  const held = createHeldFile()
  const heldKey = createHeldKey(held, (event) => events.push(event), start)
  const last = () => {
    const event = events.at(-1)
    return event?.type === 'key-file' ? event.key : event
  }
  return { heldKey, held, last, events, ended, left }
}

const file = new File(['whatever'], 'payments.pem')
const foundState = { step: 'found', name: file.name, format: 'pkcs8', keys: [key], chosen: 0, leftOut: 0 } as const

describe('the key that a wizard holds', () => {
  it('is shown as public facts, and sealed into the held file under the file’s name', async () => {
    const { heldKey, held, last, ended } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    expect(last()).toEqual(foundState)
    await heldKey.seal(foundState, kek)
    expect(last()).toMatchObject({ type: 'file-read', facts: { name: 'payments.byok' }, sealed: { key } })
    expect(held.bytes()).toEqual(blob)
    expect(ended).toEqual(['used'])
  })

  it('is not sealed under a public key whose fingerprint is another than the KEK’s', async () => {
    const { heldKey, held, last, ended } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    await heldKey.seal(foundState, { ...kek, spkiSha256: '00'.repeat(32) })
    expect(last()).toMatchObject({ step: 'gone', because: 'kek' })
    expect(held.bytes()).toBeUndefined()
    expect(ended).toHaveLength(1)
  })

  it('stays locked after a wrong passphrase, with the sentence that says so', async () => {
    const wrong: ReadAnswer = { answer: 'refused', code: 'wrong-passphrase', remedy: 'Try again.', command: null }
    const { heldKey, last } = setUp([Promise.resolve(locked), Promise.resolve(wrong)])
    await heldKey.take(file)
    const state = last()
    if (state && 'step' in state && state.step === 'locked') await heldKey.unlock(state, new Uint8Array(4))
    expect(last()).toMatchObject({ step: 'locked', wrong: 'Try again.', lock: { cipher: 'AES-256-CBC' } })
  })

  it('belongs to the newest file: an answer about the one before changes nothing', async () => {
    let answerFirst: (answer: ReadAnswer) => void = () => undefined
    const first = new Promise<ReadAnswer>((resolve) => {
      answerFirst = resolve
    })
    const { heldKey, last, ended } = setUp([first, Promise.resolve(locked)])
    const reading = heldKey.take(file)
    await heldKey.take(new File(['other'], 'other.p12'))
    answerFirst(found)
    await reading
    expect(last()).toMatchObject({ step: 'locked', name: 'other.p12' })
    expect(ended).toEqual(['cancelled'])
  })

  it('is gone once its worker was idle for too long, and the wizard says so', async () => {
    const { heldKey, last, left } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    left[0]?.('idle')
    expect(last()).toEqual({ step: 'gone', name: file.name, because: 'idle' })
    await heldKey.seal(foundState, kek)
    expect(last()).toMatchObject({ step: 'gone', because: 'no-key' })
  })

  it('takes a transfer blob the way it always went', async () => {
    const { heldKey, held, last, ended } = setUp([Promise.resolve({ answer: 'transfer-blob' })])
    await heldKey.take(new File([blob], 'given.byok'))
    expect(last()).toMatchObject({ type: 'file-read', facts: { name: 'given.byok' }, sealed: null })
    expect(held.bytes()).toEqual(blob)
    expect(ended).toEqual(['cancelled'])
  })

  it('is not sealed under what is no public key at all: the screen goes on', async () => {
    const { heldKey, last, ended } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    await heldKey.seal(foundState, { ...kek, spki: '%%%' })
    expect(last()).toMatchObject({ step: 'gone', because: 'kek' })
    expect(ended).toHaveLength(1)
  })

  it('is said to be gone to whoever comes back to the page that they left', async () => {
    const { heldKey, last, left } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    left[0]?.('left')
    expect(last()).toEqual({ step: 'gone', name: file.name, because: 'left' })
  })

  it('takes its passphrase with it where no worker is left to take it', async () => {
    const { heldKey, last } = setUp([])
    const passphrase = new TextEncoder().encode('correct horse')
    const state = { step: 'locked', name: file.name, lock: { cipher: 'AES', kdf: 'PBKDF2' }, wrong: null } as const
    await heldKey.unlock(state, passphrase)
    expect(last()).toMatchObject({ step: 'gone', because: 'no-file' })
    expect([...passphrase].every((byte) => byte === 0)).toBe(true)
  })

  it('that was let go while its blob was read does not come back, and nothing of it is held', async () => {
    const { heldKey, held, last, events } = setUp([
      Promise.resolve({ answer: 'transfer-blob' }),
      Promise.resolve(found),
    ])
    const given = new File([blob], 'given.byok')
    let taking: Promise<void> | undefined
    // Only once its bytes are asked for does the next file come; then they are there.
    const readLate = new Promise<void>((asked) => {
      given.slice = () => {
        asked()
        return Object.assign(new Blob(), {
          arrayBuffer: async () => {
            await next
            return blob.slice().buffer
          },
        })
      }
      taking = heldKey.take(given)
    })
    const next = readLate.then(() => heldKey.take(file))
    await next
    await taking
    expect(last()).toEqual(foundState)
    expect(events.some(({ type }) => type === 'file-read')).toBe(false)
    expect(held.bytes()).toBeUndefined()
  })

  it('has a blob whose name is no longer than a file’s may be', async () => {
    const { heldKey, last } = setUp([Promise.resolve(found)])
    await heldKey.take(new File(['whatever'], 'k'.repeat(255)))
    await heldKey.seal({ ...foundState, name: 'k'.repeat(255) }, kek)
    expect(last()).toMatchObject({ facts: { name: `${'k'.repeat(250)}.byok` } })
  })

  it('ends with the wizard', async () => {
    const { heldKey, ended } = setUp([Promise.resolve(found)])
    await heldKey.take(file)
    heldKey.end()
    expect(ended).toEqual(['cancelled'])
  })
})
