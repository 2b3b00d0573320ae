import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bytes } from '../bytes'

/** Runs `openssl`; what it writes to its output comes back. Files are named in the arguments by the keys of `files`. */
export function openssl(args: readonly string[], files: Record<string, Uint8Array> = {}): Bytes {
  const folder = mkdtempSync(path.join(tmpdir(), 'openssl-'))
  try {
    const paths = new Map(Object.keys(files).map((name) => [name, path.join(folder, name)]))
    for (const [name, file] of paths) writeFileSync(file, files[name] ?? '', { mode: 0o600 })
    const output = execFileSync(
      'openssl',
      args.map((argument) => paths.get(argument) ?? argument),
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    return new Uint8Array(output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a blob's ciphertext holds, by OpenSSL's two commands alone, as the specification's own example has them. */
export function unwrapByOpenSsl(ciphertext: Uint8Array, kekPkcs8: Uint8Array, kekBits: number): Bytes {
  const [block, wrapped] = [ciphertext.subarray(0, kekBits / 8), ciphertext.subarray(kekBits / 8)]
  const padding = ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha1', '-pkeyopt', 'rsa_mgf1_md:sha1']
  const aesKey = openssl(['pkeyutl', '-decrypt', '-keyform', 'DER', '-inkey', 'kek', '-in', 'block', ...padding], {
    kek: kekPkcs8,
    block,
  })
  const hex = Buffer.from(aesKey).toString('hex')
  const cipher = ['enc', '-d', '-id-aes256-wrap-pad', '-K', hex, '-iv', 'A65959A6']
  return openssl([...cipher, '-in', 'wrapped'], { wrapped })
}
