import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalVaultDescription } from './server'
import { type BareClient, type BareReply, bareClient } from './testing/bare-client'
import { type KekJwk, transferBlob } from './testing/build-transfer-blob'
import { bundleVault } from './testing/bundle-vault'
import { findSecrets, needlesOf, type Secrets } from './testing/find-secrets'

// Keys of every type are imported from known bytes, well and badly, and used in every way; then those bytes are searched for in
// every file of the data folder, in what the process printed, and in every response.

type Key = {
  name: string
  kty: string
  where: 0 | 1
  jwk: object
  plaintext: Buffer
  secrets: Secrets
  use: [string, string][]
}

const dataFolder = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'data')
const responses: string[] = []
let bundle: string
let child: ChildProcess
let printed = ''
let clients: BareClient[]

async function start(): Promise<LocalVaultDescription> {
  child = spawn(process.execPath, [bundle, '--data', dataFolder], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr?.on('data', (chunk) => {
    printed += String(chunk)
  })
  if (!child.stdout) throw new Error('stdout is piped')
  const lines = createInterface(child.stdout)
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The local vault ended: ${printed}`)))
    lines.on('line', (line) => {
      if (!line.startsWith('{')) printed += line
      // Printed by main.ts from this very type.
      else resolve(JSON.parse(line) as LocalVaultDescription)
    })
  })
}

function stop(): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}

function pairKey(kty: string, where: 0 | 1, size: string, privateKey: KeyObject, use: [string, string][]): Key {
  const members = privateKey.export({ format: 'jwk' })
  const plaintext = privateKey.export({ format: 'der', type: 'pkcs8' })
  const name = `${kty}-${size}-${where}`
  const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const
  const secrets = Object.fromEntries(
    secret.flatMap((member) =>
      members[member] ? [[`${name} ${member}`, Buffer.from(members[member], 'base64url')] as const] : [],
    ),
  )
  const crv = size.startsWith('P-') ? { crv: size } : {}
  return { name, kty, where, jwk: { ...members, ...crv, kty }, plaintext, secrets, use }
}

const rsaUse: [string, string][] = [
  ['sign', 'RS256'],
  ['sign', 'PS256'],
  ['encrypt', 'RSA-OAEP'],
  ['wrapkey', 'RSA1_5'],
  ['decrypt', 'RSA-OAEP-256'],
]
const curves = [
  ['P-256', 'prime256v1', 'ES256'],
  ['P-256K', 'secp256k1', 'ES256K'],
  ['P-384', 'secp384r1', 'ES384'],
  ['P-521', 'secp521r1', 'ES512'],
] as const

function rsaKeys(kty: string, where: 0 | 1): Key[] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return [pairKey(kty, where, '2048', privateKey, rsaUse)]
}

function ecKeys(kty: string, where: 0 | 1): Key[] {
  return curves.map(([crv, namedCurve, alg]) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    return pairKey(kty, where, crv, privateKey, [['sign', alg]])
  })
}

function octKeys(): Key[] {
  return [128, 192, 256].map((bits) => {
    const k = randomBytes(bits / 8)
    const name = `oct-HSM-${bits}-1`
    const jwk = { kty: 'oct-HSM', k: k.toString('base64url') }
    const use: [string, string][] = [
      ['encrypt', `A${bits}GCM`],
      ['encrypt', `A${bits}CBCPAD`],
      ['wrapkey', `A${bits}KW`],
      ['unwrapkey', 'CKM_AES_KEY_WRAP_PAD'],
    ]
    return { name, kty: 'oct-HSM', where: 1 as const, jwk, plaintext: k, secrets: { [`${name} k`]: k }, use }
  })
}

const keys: Key[] = [
  ...['RSA', 'RSA-HSM'].flatMap((kty) => rsaKeys(kty, 0)),
  ...['EC', 'EC-HSM'].flatMap((kty) => ecKeys(kty, 0)),
  ...rsaKeys('RSA-HSM', 1),
  ...ecKeys('EC-HSM', 1),
  ...octKeys(),
]
const needles = needlesOf(Object.assign({}, ...keys.map(({ secrets }) => secrets)))

async function connect(description: LocalVaultDescription): Promise<void> {
  clients = [await bareClient(description, 0), await bareClient(description, 1)]
}

async function ask(where: 0 | 1, method: string, path: string, body?: object): Promise<BareReply> {
  const client = clients[where]
  if (!client) throw new Error('no client')
  const reply = await client(method, path, body)
  responses.push(reply.text)
  return reply
}

beforeAll(async () => {
  bundle = await bundleVault('secrets')
  await connect(await start())
  const keks: KekJwk[] = []
  for (const where of [0, 1] as const) {
    const { body } = await ask(where, 'POST', '/keys/kek/create', { kty: 'RSA-HSM', key_ops: ['import'] })
    const { kid = '', n = '', e = '' } = body.key ?? {}
    keks.push({ kid, n, e })
  }
  for (const key of keys) await importAndUse(key, keks[key.where])
  await stop()
  await connect(await start())
  for (const key of keys) await use(key)
  await stop()
}, 300_000)
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(bundle, { force: true })
  rmSync(join(dataFolder, '..'), { recursive: true, force: true })
})

async function importAndUse(key: Key, kek: KekJwk | undefined): Promise<void> {
  const { name, kty, where, jwk, plaintext } = key
  if (!kek) throw new Error('no KEK')
  const { crv } = { crv: undefined, ...jwk }
  const transferred = { key: { kty, crv, key_hsm: transferBlob(kek, plaintext).toString('base64url') } }
  expect((await ask(where, 'PUT', `/keys/${name}`, { key: jwk })).status).toBe(200)
  expect((await ask(where, 'PUT', `/keys/${name}`, transferred)).status).toBe(200)
  await importBadly(key)
  await use(key)
  for (const [method, path, body] of [
    ['GET', `/keys/${name}`],
    ['GET', `/keys/${name}/versions`],
    ['GET', `/keys/${name}/attestation`],
    ['PATCH', `/keys/${name}`, { tags: { a: 'b' } }],
    ['POST', `/keys/${name}/backup`],
    ['POST', `/keys/${name}/rotate`],
    ['DELETE', `/keys/${name}`],
    ['GET', `/deletedkeys/${name}`],
    ['PUT', `/keys/${name}`, { key: jwk }],
    ['POST', `/deletedkeys/${name}/recover`],
    ['GET', '/keys'],
  ] as const)
    await ask(where, method, path, body)
}

/** Requests that hold a whole private key, and are refused for another reason. */
async function importBadly({ name, where, jwk }: Key): Promise<void> {
  const refused = [
    { key: { ...jwk, kty: 'EC', crv: 'P-192' } },
    { key: { ...jwk, key_ops: ['import', 'sign'] } },
    { key: jwk, tags: { long: 'x'.repeat(300) } },
    { key: jwk, attributes: { exp: 'soon' } },
    { key: { ...jwk, kty: 'oct' } },
    { key: { ...jwk, n: 'AQAB', x: 'AQAB', k: 'AQAB' } },
    { kty: 'RSA', ...jwk },
    { key: [jwk] },
  ]
  for (const body of refused) expect((await ask(where, 'PUT', `/keys/bad-${name}`, body)).status).toBe(400)
}

async function use({ name, where, use }: Key): Promise<void> {
  for (const [operation, alg] of use) {
    const length = { '256': 32, '384': 48, '512': 64 }[/^.S(\d{3})/.exec(alg)?.[1] ?? ''] ?? 32
    const value = randomBytes(length).toString('base64url')
    const { status } = await ask(where, 'POST', `/keys/${name}/${operation}`, {
      alg,
      value,
      iv: randomBytes(16).toString('base64url'),
    })
    expect([name, operation, status]).toEqual([name, operation, /^(decrypt|unwrapkey)$/.test(operation) ? 400 : 200])
  }
}

describe('private key bytes', () => {
  it('stand in no file of the data folder', () => {
    const files = readdirSync(dataFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const paths = files.map((entry) => join(entry.parentPath, entry.name))
    expect(paths.map((path) => path.slice(dataFolder.length + 1))).toEqual(
      expect.arrayContaining(['store/data.mdb', 'acknowledged.jsonl', 'settings.json', 'master.key']),
    )
    for (const path of paths) expect([path, findSecrets(needles, readFileSync(path))]).toEqual([path, []])
    // What is looked through is the store: the public half stands there.
    const store = readFileSync(join(dataFolder, 'store/data.mdb'))
    for (const { jwk } of keys) {
      const { n, x } = { n: undefined, x: undefined, ...jwk }
      const shown: string | undefined = n ?? x
      if (shown) expect(store.includes(shown)).toBe(true)
    }
  })

  it('are printed nowhere', () => {
    expect(findSecrets(needles, Buffer.from(printed))).toEqual([])
    expect(printed).toBe('')
  })

  it('stand in no response', () => {
    expect(responses.length).toBeGreaterThan(keys.length * 20)
    expect(responses.filter((text) => findSecrets(needles, Buffer.from(text)).length > 0)).toEqual([])
    expect(responses.filter((text) => /"(d|p|q|dp|dq|qi|k|key_hsm)":/.test(text))).toEqual([])
  })
})
