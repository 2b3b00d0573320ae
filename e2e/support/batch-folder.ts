import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sealNewKey } from './blobs'
import { certificateFile, KEY_FILES, newPassphrase, rawKeyFile, twoKeysFile } from './key-files'
import { vaultKeys } from './vault-keys'

/** So much scrypt that a person can cancel it, and hardly more is taken at all. */
const SLOW = ['-scrypt', '-scrypt_N', '16384', '-scrypt_r', '8', '-scrypt_p', '100']

/** A folder as officers have them, with its manifest: what can be imported, and what must stop none of it. */
export interface BatchFolder {
  path: string
  /** Of most encrypted files, and of the one that it does not open. */
  passphrase: string
  otherPassphrase: string
  /** File → name in the vault, of those that can be imported. */
  names: Record<string, string>
  remove: () => void
}

const ec = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const spkiSha256 = (key: KeyObject) =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')

const EXPIRY = '2030-06-30'
const TAGS = 'owner=treasury; purpose=payments'

export async function makeBatchFolder(kekName: string, prefix: string): Promise<BatchFolder> {
  const above = mkdtempSync(path.join(tmpdir(), 'drawbridge-batch-'))
  const folder = path.join(above, 'keys')
  mkdirSync(path.join(folder, 'sub'), { recursive: true })
  const put = (file: string, bytes: string | Buffer) => writeFileSync(path.join(folder, file), bytes)
  const passphrase = newPassphrase()
  const locked = () =>
    ec().privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
  const expected = ec()
  const other = KEY_FILES['PKCS#12']()

  put('plain.pem', KEY_FILES['PKCS#8, PEM']().bytes)
  put('sub/sec1.pem', KEY_FILES['SEC 1']().bytes)
  put('expected.pem', expected.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  put('locked.pem', locked())
  put('slow.pem', slowFile(above, passphrase))
  put('store.p12', other.bytes)
  put('key.jwk', KEY_FILES.JWK().bytes)
  put('aes.bin', rawKeyFile().bytes)
  put('wrapped.byok', (await sealNewKey(kekName, vaultKeys('azure-managed-hsm'))).bytes)
  put('certificate.pem', certificateFile().bytes)
  put('two.pem', twoKeysFile().bytes)
  put('mistaken.pem', KEY_FILES['SEC 1']().bytes)
  put('wrong-row.pem', KEY_FILES['SEC 1']().bytes)
  put('not-named.pem', KEY_FILES['SEC 1']().bytes)
  put('.DS_Store', 'no key')

  const good = [
    'plain.pem',
    'sub/sec1.pem',
    'expected.pem',
    'locked.pem',
    'slow.pem',
    'store.p12',
    'key.jwk',
    'wrapped.byok',
  ]
  const names = Object.fromEntries([...good, 'aes.bin'].map((file, at) => [file, `${prefix}-${at}`]))
  const line = (file: string, name: string, operations: string, expects = '') =>
    [file, name, operations, EXPIRY, `"${TAGS}"`, expects].join(';')
  const lines = [
    'file;name;operations;expiry;tags;expected',
    ...good.map((file) =>
      line(file, names[file] ?? '', 'sign verify', file === 'expected.pem' ? spkiSha256(expected.publicKey) : ''),
    ),
    line('aes.bin', names['aes.bin'] ?? '', 'wrapping'),
    line('certificate.pem', `${prefix}-certificate`, 'signing'),
    line('two.pem', `${prefix}-two`, 'signing'),
    line('mistaken.pem', `${prefix}-mistaken`, 'signing', spkiSha256(ec().publicKey)),
    line('wrong-row.pem', 'not_a_name', 'singing'),
  ]
  put('manifest.csv', `\uFEFF${lines.join('\r\n')}\r\n`)
  const remove = () => rmSync(above, { recursive: true, force: true })
  return { path: folder, passphrase, otherPassphrase: other.passphrase ?? '', names, remove }
}

function slowFile(folder: string, passphrase: string): Buffer {
  const plain = ec().privateKey.export({ type: 'pkcs8', format: 'pem' })
  const given = path.join(folder, 'passphrase')
  writeFileSync(given, passphrase, { mode: 0o600 })
  return execFileSync('openssl', ['pkcs8', '-topk8', ...SLOW, '-passout', `file:${given}`], { input: plain })
}
