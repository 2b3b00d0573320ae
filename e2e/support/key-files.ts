import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Canary } from '@/lib/testing/canary/needles'

/** A key in a file, as an officer has it, with what must be found nowhere. */
export interface KeyFile {
  fileName: string
  bytes: Buffer
  passphrase: string | null
  /** As the wizard names it. */
  shape: string
  /** null for a symmetric key. */
  spkiSha256: string | null
  secrets: Canary[]
}

type Made = Pick<KeyFile, 'bytes'> & { passphrase?: string }

/** Of no word of any language, so that its parts are found nowhere by chance. */
export const newPassphrase = () => `${randomBytes(9).toString('base64url')} ü ${randomBytes(9).toString('base64url')}`

const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'] as const

/** Every private member of a key, raw: also those that a file's own format leaves out. */
export function secretsOf(key: KeyObject): Canary[] {
  const jwk = key.export({ format: 'jwk' })
  return SECRET_MEMBERS.flatMap((name) => {
    const member = jwk[name]
    return typeof member === 'string' ? [{ name, bytes: Buffer.from(member, 'base64url') }] : []
  })
}

const ec = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

type Pair = { publicKey: KeyObject; privateKey: KeyObject }

function keyFile(fileName: string, shape: string, { publicKey, privateKey }: Pair, made: Made): KeyFile {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const spkiSha256 = createHash('sha256').update(spki).digest('hex')
  return { fileName, shape, spkiSha256, secrets: secretsOf(privateKey), passphrase: null, ...made }
}

const P256 = 'P-256'
const RSA = 'RSA-2048'

/** Runs a tool in a folder of its own, which is removed afterwards. */
function withTool<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-key-files-'))
  try {
    return run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function byTool(key: KeyObject, args: (input: string, output: string) => [string, ...string[]]): Buffer {
  return withTool((folder) => {
    const input = path.join(folder, 'key.pem')
    writeFileSync(input, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const [tool, ...rest] = args(input, path.join(folder, 'out'))
    execFileSync(tool, rest, { stdio: 'pipe' })
    return readFileSync(path.join(folder, 'out'))
  })
}

const opensslPkcs12 = (key: KeyObject, passphrase: string, extra: string[] = []) =>
  byTool(key, (input, output) => {
    const store = ['-nocerts', '-inkey', input, '-out', output, '-passout', `pass:${passphrase}`, '-name', 'payments']
    return ['openssl', 'pkcs12', '-export', ...store, ...extra]
  })

/** OpenSSH's own format: ssh-keygen writes it over the file that it was given. */
const openSsh = (key: KeyObject, passphrase: string) =>
  withTool((folder) => {
    const file = path.join(folder, 'id')
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    execFileSync('ssh-keygen', ['-p', '-f', file, '-N', passphrase, '-P', '', '-q'], { stdio: 'pipe' })
    return readFileSync(file)
  })

const pem = (text: string | Buffer) => Buffer.from(text)

/** A fresh key in each format that people have. */
export const KEY_FILES = {
  'PKCS#8, PEM': () => {
    const pair = rsa()
    return keyFile('plain.pem', RSA, pair, { bytes: pem(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })) })
  },
  'PKCS#8, DER': () => {
    const pair = ec()
    return keyFile('plain.der', P256, pair, { bytes: pair.privateKey.export({ type: 'pkcs8', format: 'der' }) })
  },
  'PKCS#8, encrypted': () => {
    const pair = ec()
    const passphrase = newPassphrase()
    const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase } as const
    return keyFile('locked.pem', P256, pair, { bytes: pem(pair.privateKey.export(options)), passphrase })
  },
  'PKCS#1, OpenSSL’s older encryption': () => {
    const pair = rsa()
    const passphrase = newPassphrase()
    const options = { type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase } as const
    return keyFile('older.pem', RSA, pair, { bytes: pem(pair.privateKey.export(options)), passphrase })
  },
  'SEC 1': () => {
    const pair = ec()
    return keyFile('sec1.pem', P256, pair, { bytes: pem(pair.privateKey.export({ type: 'sec1', format: 'pem' })) })
  },
  'PKCS#12': () => {
    const pair = rsa()
    const passphrase = newPassphrase()
    return keyFile('store.p12', RSA, pair, { bytes: opensslPkcs12(pair.privateKey, passphrase), passphrase })
  },
  'PKCS#12, 3DES': () => {
    const pair = ec()
    const passphrase = newPassphrase()
    const old = ['-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
    return keyFile('old.pfx', P256, pair, { bytes: opensslPkcs12(pair.privateKey, passphrase, old), passphrase })
  },
  'OpenSSH, encrypted': () => {
    const pair = ec()
    const passphrase = newPassphrase()
    return keyFile('id_ecdsa', P256, pair, { bytes: openSsh(pair.privateKey, passphrase), passphrase })
  },
  JWK: () => {
    const pair = rsa()
    return keyFile('key.jwk', RSA, pair, { bytes: pem(JSON.stringify(pair.privateKey.export({ format: 'jwk' }))) })
  },
  'JWK Set': () => {
    const pair = ec()
    const members = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'payments' }
    return keyFile('keys.jwks', P256, pair, { bytes: pem(JSON.stringify({ keys: [members] })) })
  },
  'PKCS#8, scrypt': () => {
    const pair = ec()
    const passphrase = newPassphrase()
    const bytes = byTool(pair.privateKey, (input, output) => {
      return ['openssl', 'pkcs8', '-topk8', '-scrypt', '-in', input, '-out', output, '-passout', `pass:${passphrase}`]
    })
    return keyFile('scrypt.pem', P256, pair, { bytes, passphrase })
  },
  'P-256K, PKCS#8': () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    return keyFile('coin.pem', 'P-256K', pair, { bytes: pem(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })) })
  },
} as const satisfies Record<string, () => KeyFile>

/** 32 raw bytes: what a Managed HSM takes. */
export function rawKeyFile(): KeyFile {
  const bytes = randomBytes(32)
  const secrets = [{ name: 'k', bytes: Buffer.from(bytes) }]
  return { fileName: 'aes.bin', bytes, passphrase: null, shape: 'AES-256', spkiSha256: null, secrets }
}

/** Two keys in one PEM file. */
export function twoKeysFile(): { fileName: string; bytes: Buffer; spkiSha256: string[] } {
  const pairs = [ec(), ec()]
  const bytes = pem(pairs.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' })).join(''))
  const spkiSha256 = pairs.map(({ publicKey }) =>
    createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  )
  return { fileName: 'two.pem', bytes, spkiSha256 }
}

/** A certificate, which holds no private key. */
export const certificateFile = () =>
  withTool((folder) => {
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')]
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate]
    execFileSync('openssl', [...request, '-subj', '/CN=canary', '-days', '2'], { stdio: 'pipe' })
    return { fileName: 'certificate.pem', bytes: readFileSync(certificate) }
  })
