import 'server-only'
import { createHmac } from 'node:crypto'
import { asRawSecretKey } from '@/lib/crypto/bytes'
import { aesCheckValues } from '@/lib/crypto/private-key/check-values'
import { readPrivateJwk, wipePrivateJwk } from '@/lib/domain/imports/private-jwk'
import type { NamedKey, PreparePrivateJwkInput, SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import { sha256Hex } from '../digest'

/**
 * What the digest of such a call is made of: all that is public in it, and which key it brings, by what is public of that.
 * The page names the key by the same facts before it sends it (`preparedPrivateJwk`).
 */
export function digestedPrivateJwk({ jwk, ...open }: SubmitPrivateJwkInput, installationSecret: string): unknown {
  const read = readPrivateJwk(jwk)
  if (!read) return { ...open, key: null }
  try {
    if (read.key.kty === 'oct')
      return { ...open, key: { mac: macOf(aesCheckValues(asRawSecretKey(read.key.k)), installationSecret) } }
    return { ...open, key: { spkiSha256: read.spki && sha256Hex(read.spki) } }
  } finally {
    wipePrivateJwk(read.key)
  }
}

/** The same of the call that asks for the proof first, and brings no key. */
export function preparedPrivateJwk({ key, ...open }: PreparePrivateJwkInput, installationSecret: string): unknown {
  return { ...open, key: 'kcv' in key ? { mac: macOf(key.kcv, installationSecret) } : { spkiSha256: key.spkiSha256 } }
}

/** Under the installation's secret: bare check values, kept in a row, would let whoever reads the row try out guesses. */
function macOf({ ecb, cmac }: Extract<NamedKey, { kcv: unknown }>['kcv'], installationSecret: string): string {
  const mac = createHmac('sha256', `drawbridge: symmetric key over TLS\n${installationSecret}`)
  return mac.update(`${ecb} ${cmac}`).digest('hex')
}
