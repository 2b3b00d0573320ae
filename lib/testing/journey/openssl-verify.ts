import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface SignedMessage {
  /** SubjectPublicKeyInfo in DER. */
  spki: Uint8Array
  message: Uint8Array
  /** As OpenSSL reads it: an ECDSA signature in DER. */
  signature: Uint8Array
  hash: 'sha256' | 'sha384' | 'sha512'
  pss?: boolean
}

/** The answer of the openssl program, which shares no code and no process with the console or the vault. */
export function opensslVerifies({ spki, message, signature, hash, pss = false }: SignedMessage): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'openssl-'))
  try {
    writeFileSync(path.join(folder, 'key.der'), spki)
    writeFileSync(path.join(folder, 'signature'), signature)
    writeFileSync(path.join(folder, 'message'), message)
    const padding = pss ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : []
    const key = ['-keyform', 'DER', '-verify', 'key.der', '-signature', 'signature']
    return verdictOf(spawnSync('openssl', ['dgst', `-${hash}`, ...padding, ...key, 'message'], { cwd: folder }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A refusal is told from a failure by OpenSSL's own words: both end with 1. */
function verdictOf({ error, stdout, stderr }: ReturnType<typeof spawnSync>): boolean {
  if (error) throw error
  const words = stdout.toString().trim()
  if (words === 'Verified OK') return true
  if (words === 'Verification failure') return false
  throw new Error(`openssl could not verify: ${stderr.toString()}`)
}
