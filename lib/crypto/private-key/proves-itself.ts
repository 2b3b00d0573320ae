import type { Pkcs8Der, SpkiDer } from '../bytes'
import { KeyFileRefused } from '../key-file/refusals'

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/**
 * One native signature over random bytes, verified with the public half: a factor that is no prime, which arithmetic
 * alone does not show, makes it fail. Throws `key-inconsistent`.
 */
export async function proveRsa(pkcs8: Pkcs8Der, spki: SpkiDer): Promise<void> {
  const message = crypto.getRandomValues(new Uint8Array(32))
  if (!(await signsAndVerifies(pkcs8, spki, message))) throw new KeyFileRefused('key-inconsistent')
}

/** Engines refuse some wrong keys on import, others on signing; both mean that the key does not work. */
async function signsAndVerifies(pkcs8: Pkcs8Der, spki: SpkiDer, message: BufferSource): Promise<boolean> {
  const verifying = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
  let signature: ArrayBuffer
  try {
    const signing = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
    signature = await crypto.subtle.sign(algorithm, signing, message)
  } catch {
    return false
  }
  return crypto.subtle.verify(algorithm, verifying, signature, message)
}
