// node scripts/key-file-corpus/make.mjs
//
// Makes the corpus of key files anew: lib/crypto/testing/corpus. Every file by the tool it is named for, by the command
// that the manifest shows. Needs openssl, keytool and jshell, certtool, ssh-keygen and SoftHSM2; takes a minute.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Corpus } from './corpus.mjs'
import { laySourceKeys } from './source-keys.mjs'
import { withGnutls } from './with-gnutls.mjs'
import { withKeytool } from './with-keytool.mjs'
import { withOpenssl } from './with-openssl.mjs'
import { withOpensslPkcs12 } from './with-openssl-pkcs12.mjs'
import { withSoftHsm } from './with-softhsm.mjs'
import { withSshKeygen } from './with-ssh-keygen.mjs'

const LARGEST = 600_000
const root = fileURLToPath(new URL('../..', import.meta.url))
const target = path.join(root, 'lib/crypto/testing/corpus')
const folder = mkdtempSync(path.join(tmpdir(), 'key-file-corpus-'))
const corpus = new Corpus(folder)
try {
  laySourceKeys(corpus)
  for (const make of [withOpenssl, withOpensslPkcs12, withGnutls, withSshKeygen, withSoftHsm, withKeytool]) {
    const before = corpus.entries.length
    await make(corpus)
    console.log(`${make.name}: ${corpus.entries.length - before} files`)
  }
  const { entries, contents } = corpus
  const tools = new Set(entries.map(({ tool }) => tool)).size
  if (entries.length < 250 || tools < 5) throw new Error(`only ${entries.length} files by ${tools} tools`)
  const size = JSON.stringify(contents, null, 2).length
  if (size > LARGEST) throw new Error(`the contents take ${size} characters, more than ${LARGEST}`)
  writeFileSync(path.join(target, 'manifest.json'), `${JSON.stringify(entries, null, 2)}\n`)
  writeFileSync(path.join(target, 'contents.json'), `${JSON.stringify(contents, null, 2)}\n`)
  // As the house writes JSON, so that nothing is left to do by hand.
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', target], { cwd: root })
  console.log(`${entries.length} files by ${tools} tools, ${size} characters`)
} finally {
  rmSync(folder, { recursive: true })
}
