// Makes the corpus of key files anew: lib/crypto/testing/corpus. Every file by the tool it is named for, by the command
// that the manifest shows. Needs openssl, keytool and jshell, certtool, ssh-keygen and SoftHSM2.
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

const target = fileURLToPath(new URL('../../lib/crypto/testing/corpus', import.meta.url))
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
  writeFileSync(path.join(target, 'manifest.json'), `${JSON.stringify(entries, null, 2)}\n`)
  writeFileSync(path.join(target, 'contents.json'), `${JSON.stringify(contents, null, 2)}\n`)
  console.log(`${entries.length} files by ${new Set(entries.map(({ tool }) => tool)).size} tools`)
} finally {
  rmSync(folder, { recursive: true })
}
