import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixture } from '../testing/fixture'
import { openssl } from '../testing/openssl'
import { readKeyFile } from './read-key-file'
import { KDF_LIMITS } from './read-result'

const passphrase = new TextEncoder().encode('correct horse')

/** A person types the passphrase; the test has it in the line. */
const typed: [string, string][] = [
  ['openssl pkcs8 ', "openssl pkcs8 -passin 'pass:correct horse' -passout 'pass:correct horse' "],
  ['openssl pkcs12 ', "openssl pkcs12 -passin 'pass:correct horse' -passout 'pass:correct horse' "],
  ['openssl pkey ', "openssl pkey -passin 'pass:correct horse' "],
  ['-inform PVK ', "-inform PVK -passin 'pass:correct horse' "],
  ['ssh-keygen ', "ssh-keygen -q -P 'correct horse' -N 'correct horse' "],
  ['keytool ', 'keytool -srcstorepass correcthorse -deststorepass correcthorse '],
]

async function commandFor(file: Uint8Array): Promise<string> {
  const read = await readKeyFile(file, { passphrase, limits: { ...KDF_LIMITS, pbkdf2Iterations: 100_000 } })
  if (read.result !== 'refused' || read.command === undefined) throw new Error(`no line: ${JSON.stringify(read)}`)
  return typed.reduce((line, [bare, answered]) => line.replace(bare, answered), read.command)
}

describe('the line that a refusal gives', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'commands-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs the line where the file lies under the name that the line has for it; what it wrote is read. */
  async function mended(file: Uint8Array, name: string, result: string) {
    writeFileSync(path.join(folder, name), file, { mode: 0o600 })
    execFileSync('sh', ['-c', await commandFor(file)], { cwd: folder, stdio: 'pipe' })
    const ofKeytool = new TextEncoder().encode('correcthorse')
    return readKeyFile(readFileSync(path.join(folder, result)), {
      passphrase: result === 'keys.p12' ? ofKeytool : passphrase,
    })
  }

  it.each([
    ['rsa-pss.pem', 'pss.pem', 'key.pem'],
    ['rsa-pss-restricted.pem', 'pss.pem', 'key.pem'],
    ['rsa.pvk', 'key.pvk', 'key.pem'],
    ['rsa.msblob', 'key.blob', 'key.pem'],
    ['rsa.legacy-des.pem', 'old.pem', 'key.pem'],
    ['rsa.legacy-camellia256.pem', 'old.pem', 'key.pem'],
    ['p256.pbes1-md5-des.pem', 'old.pem', 'key.pem'],
    ['p256.too-many-iterations.pem', 'old.pem', 'key.pem'],
    ['ssh-rounds-257', 'key', 'key'],
    ['ssh-ecdsa-3des-cbc', 'key', 'key'],
    ['keystore.jks', 'keystore.jks', 'keys.p12'],
    ['keystore.jceks', 'keystore.jceks', 'keys.p12'],
  ])('makes of %s what is read', async (name, as, result) => {
    expect(await mended(await fixture(`key-files/${name}`), as, result)).toMatchObject({ result: 'keys' })
  })

  // The line cut the key out of the file as it stood, which works for bare PEM alone.
  it.each([
    ['encrypted', ['pkcs8', '-topk8', '-passout', 'pass:correct horse', '-in', 'key']],
    ['in DER', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER', '-in', 'key']],
    ['in PKCS#12', ['pkcs12', '-export', '-nocerts', '-passout', 'pass:correct horse', '-inkey', 'key']],
  ])('makes of a key bound to RSA-PSS what is read, %s', async (_, args) => {
    const file = openssl(args, { key: await fixture('key-files/rsa-pss-restricted.pem') })
    expect(await mended(file, 'pss.pem', 'key.pem')).toMatchObject({ result: 'keys' })
  })

  it('makes of an encrypted PVK what is read', async () => {
    const args = ['rsa', '-provider', 'default', '-provider', 'legacy', '-outform', 'PVK', '-pvk-strong', '-in', 'key']
    const file = openssl([...args, '-passout', 'pass:correct horse'], { key: await fixture('key-files/rsa.pkcs8.pem') })
    expect(await mended(file, 'key.pvk', 'key.pem')).toMatchObject({ result: 'keys' })
  })

  it.each([
    ['an unusual cipher', ['-keypbe', 'camellia-256-cbc']],
    ['RC4', ['-legacy', '-keypbe', 'PBE-SHA1-RC4-128']],
    ['too many iterations', ['-iter', '100001']],
  ])('makes of PKCS#12 with %s what is read, under AES', async (_, more) => {
    const args = ['pkcs12', '-export', '-nocerts', '-passout', 'pass:correct horse', ...more, '-inkey', 'key']
    const file = openssl(args, { key: await fixture('key-files/rsa.pkcs8.pem') })
    expect(await mended(file, 'old.p12', 'key.pem')).toMatchObject({ result: 'keys', keys: [{ warnings: [] }] })
  })
})
