import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { type LocalVault, startLocalVault } from '@/lib/local-vault/server'
import { bareClient } from '@/lib/local-vault/testing/bare-client'
import { type KekJwk, sealFor, transferBlob } from '@/lib/local-vault/testing/build-transfer-blob'
import { fetchToken } from '@/lib/local-vault/testing/raw-client'

// A program of `npm run bench`: what the local vault does by turns with the bare work, as one line of JSON: of each the times a
// second, round by round. The vault is asked in this process: from a request that was read to its finished answer, with token,
// routing, JSON, key store, log, and for imports the commit on the disk; without sockets and HTTP.

/** Rounds until both run at their steady speed: the first thousands are the compiler's. */
const WARM_UP = 20

const [dataFolder = '', rounds = '', millis = ''] = process.argv.slice(2)
const vault = await startLocalVault({ dataFolder })
const ask = await bareClient(vault.description, 0)
const token = await fetchToken(vault.description, 'https://vault.azure.net/.default')
const digest = Buffer.alloc(32, 7)
const kek = await createKey('kek', { kty: 'RSA-HSM', key_ops: ['import'] })
await createKey('rsa', { kty: 'RSA-HSM', key_size: 2048 })
await createKey('ec', { kty: 'EC-HSM', crv: 'P-256' })

async function createKey(name: string, body: object): Promise<KekJwk> {
  const { status, body: reply } = await ask('POST', `/keys/${name}/create`, body)
  const { kid = '', n = '', e = '' } = reply.key ?? {}
  if (status !== 200) throw new Error(`${name} was not made`)
  return { kid, n, e }
}

/** As a client sends it. Made before the clock runs: reading it off a socket is not what is measured. */
function requestTo(path: string, method: string, body: object): Request {
  const text = JSON.stringify(body)
  const length = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  const headers = { authorization: `Bearer ${token}`, ...length }
  const url = `${vault.description.vaults[0]?.url}${path}?api-version=7.6`
  return new Request(url, { method, headers, body: text })
}

const signing = (name: string, alg: string) => () =>
  requestTo(`/keys/${name}/sign`, 'POST', { alg, value: digest.toString('base64url') })

const pairs = Array.from({ length: 8 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
const plaintexts = pairs.map((key) => key.export({ format: 'der', type: 'pkcs8' }))
const plaintextAt = (at: number): Buffer => plaintexts[at % plaintexts.length] ?? Buffer.alloc(0)

let made = 0
function importing(): Request {
  made += 1
  const key_hsm = transferBlob(kek, plaintextAt(made)).toString('base64url')
  return requestTo(`/keys/${randomBytes(8).toString('hex')}`, 'PUT', { key: { kty: 'RSA-HSM', key_hsm } })
}

const bareKey = pairs[0] ?? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const scalar = p256.utils.randomSecretKey()
const bareKek = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { n = '', e = '' } = bareKek.publicKey.export({ format: 'jwk' })
const sealed = plaintexts.map((plaintext) => sealFor({ kid: '', n, e }, plaintext))

function unwrapAndParse(ciphertext: Buffer, key: KeyObject): KeyObject {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const aesKey = privateDecrypt({ key, padding, oaepHash: 'sha1' }, ciphertext.subarray(0, 256))
  const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  const der = Buffer.concat([decipher.update(ciphertext.subarray(256)), decipher.final()])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

type Pair = { bare: (at: number) => unknown; request: () => Request; batch: number; atOnce: number }

const work: Record<string, Pair> = {
  // node:crypto hashes the 32 bytes once more, which is nothing beside RSA.
  RS256: { bare: () => sign('sha256', digest, bareKey), request: signing('rsa', 'RS256'), batch: 64, atOnce: 1 },
  // The library's own signature of a digest, as the vault calls it.
  ES256: {
    bare: () => p256.sign(digest, scalar, { prehash: false, lowS: false }),
    request: signing('ec', 'ES256'),
    batch: 64,
    atOnce: 1,
  },
  // Several at once: what waits for the disk leaves the processor to the others.
  import: {
    bare: (at) => unwrapAndParse(sealed[at % sealed.length] ?? Buffer.alloc(0), bareKek.privateKey),
    request: importing,
    batch: 256,
    atOnce: 32,
  },
}

function bareRate(bare: Pair['bare']): number {
  const startedAt = performance.now()
  let count = 0
  for (; performance.now() - startedAt < Number(millis); count += 1) bare(count)
  return count / ((performance.now() - startedAt) / 1000)
}

/** In batches made ahead; the clock runs while the vault answers them. */
async function vaultRate(app: LocalVault['apps'][number], { request, batch, atOnce }: Pair): Promise<number> {
  let [count, spent] = [0, 0]
  while (spent < Number(millis)) {
    const requests = Array.from({ length: batch }, request)
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: atOnce }, () => answerAll(app, requests)))
    spent += performance.now() - startedAt
    count += batch
  }
  return count / (spent / 1000)
}

/** What the audit log asks of a call's connection. */
const overLoopback = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

async function answerAll(app: LocalVault['apps'][number], requests: Request[]): Promise<void> {
  for (let next = requests.pop(); next; next = requests.pop()) {
    const { status } = await app.fetch(next, overLoopback)
    if (status !== 200) throw new Error(`the vault answered ${status}`)
  }
}

const [app] = vault.apps
if (!app) throw new Error('no vault was started')
const rates: Record<string, { bare: number[]; vault: number[] }> = {}
for (const [name, pair] of Object.entries(work)) {
  const measured = { bare: [] as number[], vault: [] as number[] }
  for (let round = -WARM_UP; round < Number(rounds); round += 1) {
    const [bare, byVault] = [bareRate(pair.bare), await vaultRate(app, pair)]
    if (round < 0) continue
    measured.bare.push(bare)
    measured.vault.push(byVault)
  }
  rates[name] = measured
}
await vault.close()
console.log(JSON.stringify(rates))
process.exit(0)
