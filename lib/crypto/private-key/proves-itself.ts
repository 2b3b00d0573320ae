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

async function signsAndVerifies(pkcs8: Pkcs8Der, spki: SpkiDer, message: BufferSource): Promise<boolean> {
  const [verifying, signature] = await Promise.all([
    crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']),
    sign(pkcs8, message),
  ])
  return signature !== null && crypto.subtle.verify(algorithm, verifying, signature, message)
}

/** Null where the engine refuses the key, be it on import or on signing: it does not work. */
async function sign(pkcs8: Pkcs8Der, message: BufferSource): Promise<ArrayBuffer | null> {
  try {
    const signing = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
    return await crypto.subtle.sign(algorithm, signing, message)
  } catch {
    return null
  }
}
