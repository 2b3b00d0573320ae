import { execFileSync } from 'node:child_process'
import { createCipheriv, scryptSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, copyBytes } from '../bytes'
import { writeDer, writeDerObjectIdentifier, writeDerSequence, writeDerUnsignedInteger } from '../der-writer'
import { samplePkcs8 } from '../testing/sample-keys'
import { maximumKeyFileBytes } from './read-key-file'

const folder = mkdtempSync(path.join(tmpdir(), 'reading-memory-'))
const megabyte = 1024 * 1024
/** So that 250 certificates of this name fill a file: of more, no reader here takes any. */
const MANY_UNITS = 25
const CERTIFICATES = 250

/** Reads one file in a process of its own; says what became of it and by how much its memory grew at most. */
const program = `
import { readFileSync, writeFileSync } from 'node:fs'
import { readKeyFile } from './key-file/read-key-file'
const status = (name) => 1024 * Number(readFileSync('/proc/self/status', 'utf8').match(new RegExp(name + ':\\\\s+(\\\\d+)'))[1])
const [small, large] = process.argv.slice(2).map((name) => new Uint8Array(readFileSync(name)))
await readKeyFile(small)
const before = status('VmRSS')
writeFileSync('/proc/self/clear_refs', '5')
const start = Date.now()
const read = await readKeyFile(large, { passphrase: new TextEncoder().encode('x') })
const seconds = (Date.now() - start) / 1000
const grown = status('VmHWM') - before
const { result, code, keys = [], leftOut } = read
console.log(JSON.stringify({ result, code, keys: keys.length, leftOut, grown, seconds }))
`

beforeAll(async () => {
  await build({
    stdin: { contents: program, resolveDir: path.resolve('lib/crypto'), loader: 'ts' },
    outfile: path.join(folder, 'read.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'silent',
  })
  writeFileSync(path.join(folder, 'small.der'), samplePkcs8('P-256'))
  openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem')
  const name = `/CN=${'x'.repeat(60)}`.concat(`/OU=${'y'.repeat(60)}`.repeat(MANY_UNITS))
  openssl(`req -x509 -new -key key.pem -subj ${name} -days 36500 -out certificate.pem`)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true }))

const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' })

function reading(file: string) {
  const said = execFileSync(process.execPath, ['read.mjs', 'small.der', file], { cwd: folder, encoding: 'utf8' })
  return JSON.parse(said)
}

/** A key and as many certificates as a file may hold. */
function largestPkcs12(how: string): Bytes {
  const certificate = readFileSync(path.join(folder, 'certificate.pem'), 'utf8')
  writeFileSync(path.join(folder, 'many.pem'), certificate.repeat(CERTIFICATES))
  const files = '-inkey key.pem -in certificate.pem -certfile many.pem'
  openssl(`pkcs12 -export ${files} ${how} -provider legacy -provider default -passout pass:x -out large.p12`)
  return copyBytes(readFileSync(path.join(folder, 'large.p12')))
}

/** As many keys as fit, in safes of 250, in the clear and without a MAC. */
function pkcs12OfKeys(pkcs8: Bytes): Bytes {
  const data = (content: Bytes) =>
    writeDerSequence(writeDerObjectIdentifier('1.2.840.113549.1.7.1'), writeDer(0xa0, writeDer(0x04, content)))
  const bag = writeDerSequence(writeDerObjectIdentifier('1.2.840.113549.1.12.10.1.1'), writeDer(0xa0, pkcs8))
  const safeOf = (count: number) => data(writeDerSequence(...Array.from({ length: count }, () => bag)))
  const fitting = Math.floor((maximumKeyFileBytes - 2000) / bag.length)
  const safes = Array.from({ length: Math.floor(fitting / 250) }, () => safeOf(250))
  const all = writeDerSequence(...safes, safeOf(fitting % 250))
  return writeDerSequence(writeDerUnsignedInteger(Uint8Array.of(3)), data(all))
}

/** EncryptedPrivateKeyInfo under scrypt that takes just what is given: OpenSSL refuses to write it. */
function underScrypt(N: number, r: number, p: number): Bytes {
  const [salt, iv] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)]
  const key = scryptSync('x', salt, 32, { N, r, p, maxmem: 2 ** 30 })
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = concatBytes(cipher.update(samplePkcs8('P-256')), cipher.final())
  const integer = (value: number) => writeDerUnsignedInteger(Uint8Array.of(value >> 24, value >> 16, value >> 8, value))
  const kdf = writeDerSequence(
    writeDerObjectIdentifier('1.3.6.1.4.1.11591.4.11'),
    writeDerSequence(writeDer(0x04, salt), integer(N), integer(r), integer(p)),
  )
  const scheme = writeDerSequence(writeDerObjectIdentifier('2.16.840.1.101.3.4.1.42'), writeDer(0x04, iv))
  const algorithm = writeDerSequence(writeDerObjectIdentifier('1.2.840.113549.1.5.13'), writeDerSequence(kdf, scheme))
  return writeDerSequence(algorithm, writeDer(0x04, encrypted))
}

function fileOf(name: string, content: Uint8Array): string {
  writeFileSync(path.join(folder, name), content)
  return name
}

describe('reading a file of the largest size', () => {
  it.each([
    ['AES', '-certpbe AES-256-CBC'],
    ['3DES', '-certpbe PBE-SHA1-3DES'],
    // node-forge copied all that it had been given with every block: this took two and a half minutes.
    ['RC2', '-certpbe PBE-SHA1-RC2-40'],
  ])('of PKCS#12 under %s takes less than 256 MB and a minute', { timeout: 300_000 }, (name, how) => {
    const content = largestPkcs12(how)
    expect(content.length).toBeGreaterThan(0.95 * maximumKeyFileBytes)
    const { grown, seconds, ...read } = reading(fileOf(`${name}.p12`, content))
    expect(read).toEqual({ result: 'keys', keys: 1 })
    expect(grown).toBeLessThan(256 * megabyte)
    expect(seconds).toBeLessThan(60)
  })

  it.each(['P-256', 'P-256K', 'RSA-4096'] as const)(
    'full of keys takes less than 256 MB and a minute: %s',
    { timeout: 300_000 },
    (name) => {
      const content = pkcs12OfKeys(samplePkcs8(name))
      const { grown, seconds, result } = reading(fileOf(`${name}.p12`, content))
      expect(['keys', 'refused']).toContain(result)
      expect(grown).toBeLessThan(256 * megabyte)
      expect(seconds).toBeLessThan(60)
    },
  )

  it('under scrypt takes the memory that the limit names, and little beside', { timeout: 300_000 }, () => {
    const { grown, ...read } = reading(fileOf('scrypt.der', underScrypt(2 ** 18, 8, 1)))
    expect(read).toMatchObject({ result: 'keys', keys: 1 })
    expect(grown).toBeGreaterThan(200 * megabyte)
    expect(grown).toBeLessThan(288 * megabyte)
    expect(reading(fileOf('less.der', underScrypt(2 ** 15, 8, 1))).grown).toBeLessThan(64 * megabyte)
  })
})
