import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const samples = fileURLToPath(new URL('../../lib/crypto/testing/sample-keys.json', import.meta.url))

/** The throw-away keys that the whole corpus is made of, by the names of their files. */
export const rsaKeys = ['rsa-2048', 'rsa-3072', 'rsa-4096']
export const ecKeys = ['p-256', 'p-384', 'p-521', 'p-256k']
export const keys = [...rsaKeys, ...ecKeys]

/** Lays them down as PKCS#8 in PEM, each with a certificate. @param {import('./corpus.mjs').Corpus} corpus */
export function laySourceKeys(corpus) {
  /** @type {{ keys: Record<string, { pkcs8: string }> }} */
  const { keys: sources } = JSON.parse(readFileSync(samples, 'utf8'))
  for (const [name, { pkcs8 }] of Object.entries(sources)) {
    const key = name.toLowerCase()
    const lines = pkcs8.match(/.{1,64}/g) ?? []
    const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
    writeFileSync(path.join(corpus.folder, `${key}.pem`), pem, { mode: 0o600 })
    corpus.run(`openssl req -x509 -new -key ${key}.pem -subj /CN=${key} -days 36500 -set_serial 1 -out ${key}.crt`)
  }
}
