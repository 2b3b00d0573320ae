import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readKeyFile } from './read-key-file'

const passphrase = new TextEncoder().encode('correct horse')
const answers = "-passin 'pass:correct horse' -passout 'pass:correct horse'"

/** The file, the name that the line calls it by, what the line writes, and what answers its questions. */
const cases: [string, string, string, string][] = [
  ['rsa-pss.pem', 'pss.pem', 'key.pem', ''],
  ['rsa-pss-restricted.pem', 'pss.pem', 'key.pem', ''],
  ['rsa.legacy-des.pem', 'old.pem', 'key.pem', answers],
  ['rsa.legacy-camellia256.pem', 'old.pem', 'key.pem', answers],
  ['p256.pbes1-md5-des.pem', 'old.pem', 'key.pem', answers],
  ['p256.too-many-iterations.pem', 'old.pem', 'key.pem', answers],
  ['keystore.jks', 'keystore.jks', 'keys.p12', "-srcstorepass correcthorse -deststorepass 'correct horse'"],
  ['keystore.jceks', 'keystore.jceks', 'keys.p12', "-srcstorepass correcthorse -deststorepass 'correct horse'"],
  ['rsa.pvk', 'key.pvk', 'key.pem', ''],
  ['rsa.msblob', 'key.blob', 'key.pem', ''],
  ['ssh-rounds-257', 'key', 'key', "-P 'correct horse' -N 'correct horse'"],
  ['ssh-ecdsa-3des-cbc', 'key', 'key', "-P 'correct horse' -N 'correct horse'"],
]

it.each(cases)('the line for %s makes of it a file that is read', async (name, given, made, more) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'key-file-'))
  copyFileSync(path.join(import.meta.dirname, '../testing/key-files', name), path.join(folder, given))
  chmodSync(path.join(folder, given), 0o600)
  const refused = await readKeyFile(new Uint8Array(readFileSync(path.join(folder, given))))
  if (refused.result !== 'refused' || refused.command === undefined) throw new Error('it is not refused with a line')
  execFileSync('bash', ['-c', `${refused.command} ${more}`], { cwd: folder, stdio: 'pipe' })
  const read = await readKeyFile(new Uint8Array(readFileSync(path.join(folder, made))), { passphrase })
  expect(read).toMatchObject({ result: 'keys' })
})
