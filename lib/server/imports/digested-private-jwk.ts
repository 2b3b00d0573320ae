import 'server-only'
import { createHmac } from 'node:crypto'
import { readPrivateJwk, wipePrivateJwk } from '@/lib/domain/imports/private-jwk'
import type { SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import { sha256Hex } from '../digest'

/**
 * What the digest of such a call is made of: all that is public in it, and which key it brings. A key pair is named by its
 * public half; a symmetric key has none, so by a MAC under the installation's secret: a bare digest of it, kept in a row,
 * would let whoever reads the row try out guesses.
 */
export function digestedPrivateJwk({ jwk, ...open }: SubmitPrivateJwkInput, installationSecret: string): unknown {
  const read = readPrivateJwk(jwk)
  if (!read) return { ...open, key: null }
  try {
    if (read.key.kty !== 'oct') return { ...open, key: { spkiSha256: read.spki && sha256Hex(read.spki) } }
    const mac = createHmac('sha256', `drawbridge: symmetric key over TLS\n${installationSecret}`)
    return { ...open, key: { mac: mac.update(read.key.k).digest('hex') } }
  } finally {
    wipePrivateJwk(read.key)
  }
}
