import { describe, expect, it } from 'vitest'
import type { KeyFacts } from '../key-worker/key-facts'
import type { KeyWorker } from '../key-worker/start-key-worker'
import { startReader } from './read-one'

const key: KeyFacts = {
  kind: 'EC',
  sizeOrCurve: 'P-256',
  name: null,
  publicJwk: null,
  spkiSha256: 'a'.repeat(64),
  jwkThumbprint: null,
  kcv: null,
  warnings: [],
}
const kek = { kid: 'kid', spki: new Uint8Array(1) }
const job = { id: '1', name: 'a.pem', file: new File([], 'a.pem'), expectedSha256: null }
const locked = { answer: 'passphrase-needed', format: 'pkcs12', cipher: 'AES', kdf: 'PBKDF2' } as const
const found = (...keys: KeyFacts[]) => ({ answer: 'keys', format: 'pkcs8', keys, leftOut: [] as const }) as const
const refused = (code: 'wrong-passphrase' | 'certificate-only') =>
  ({ answer: 'refused', code, remedy: 'No.', command: null }) as const

/** A worker that answers so, and writes down what it was asked. */
function worker(answers: Partial<Record<'read' | 'unlock', Awaited<ReturnType<KeyWorker['read']>>>>) {
  const asked: string[] = []
  const passphrases: Uint8Array[] = []
  const none = { answer: 'failed', because: 'failed' } as const
  const made: KeyWorker = {
    read: async () => {
      asked.push('read')
      return answers.read ?? none
    },
    unlock: async (passphrase) => {
      asked.push('unlock')
      passphrases.push(passphrase)
      return answers.unlock ?? none
    },
    seal: async (_key, _kek, then) => {
      asked.push(`seal, then ${then}`)
      return { answer: 'sealed', file: new Uint8Array([7]) }
    },
    privateJwk: async () => none,
    stay: () => undefined,
    end: () => asked.push('end'),
  }
  return { asked, passphrases, start: () => made }
}

const read = (
  answers: Parameters<typeof worker>[0],
  more: { passphrase?: Uint8Array<ArrayBuffer>; expected?: string } = {},
) => {
  const { asked, passphrases, start } = worker(answers)
  const reader = startReader({ kek, passphrase: more.passphrase ?? null, start })
  return { outcome: reader.run({ ...job, expectedSha256: more.expected ?? null }), asked, passphrases }
}

describe('a file in a lane', () => {
  it('is sealed by a worker that goes on to the next', async () => {
    const { outcome, asked } = read({ read: found(key) })
    expect(await outcome).toMatchObject({ outcome: 'sealed', sealed: { keyFile: 'a.pem', key } })
    expect(asked).toEqual(['read', 'seal, then stay'])
  })

  it('is opened with a copy of the passphrase, the page’s own stays its owner’s to wipe', async () => {
    const passphrase = new TextEncoder().encode('open')
    const { outcome, asked, passphrases } = read({ read: locked, unlock: found(key) }, { passphrase })
    expect(await outcome).toMatchObject({ outcome: 'sealed' })
    expect(asked).toEqual(['read', 'unlock', 'seal, then stay'])
    expect(passphrases[0]).toEqual(passphrase)
    expect(passphrases[0]?.buffer).not.toBe(passphrase.buffer)
  })

  it('that a passphrase does not open can be tried with another', async () => {
    expect(await read({ read: locked }).outcome).toMatchObject({ outcome: 'locked', wrong: null })
    const passphrase = new Uint8Array(1)
    const tried = read({ read: locked, unlock: refused('wrong-passphrase') }, { passphrase })
    expect(await tried.outcome).toMatchObject({ outcome: 'locked', wrong: 'No.', lock: { cipher: 'AES' } })
  })

  it.each([
    ['of two keys', { read: found(key, key) }, undefined, /holds 2 keys: import it by itself/],
    [
      'of a key beside one that can’t be taken',
      { read: { ...found(key), leftOut: ['rsa-size'] as const } },
      undefined,
      /holds 2 keys/,
    ],
    ['of another key', { read: found(key) }, 'b'.repeat(64), /not the one that the manifest expects/],
    ['of a symmetric key', { read: found({ ...key, spkiSha256: null }) }, 'b'.repeat(64), /it has none/],
    ['of a certificate', { read: refused('certificate-only') }, undefined, /^No\.$/],
  ])('%s is refused, and not sealed', async (_what, answers, expected, remedy) => {
    const { outcome, asked } = read(answers, expected === undefined ? {} : { expected })
    expect(await outcome).toMatchObject({ outcome: 'refused', remedy: expect.stringMatching(remedy) })
    expect(asked).toEqual(['read'])
  })

  it('that is a blob goes its own way, and a worker that ended has no outcome', async () => {
    expect(await read({ read: { answer: 'transfer-blob' } }).outcome).toEqual({ outcome: 'transfer-blob' })
    await expect(read({ read: { answer: 'ended', because: 'failed' } }).outcome).rejects.toThrow('ended')
  })
})
