import 'server-only'
import { sha256Hex } from '@/lib/crypto'
import { canonicalText, type FrozenEnable, type FrozenRequest } from '@/lib/domain/imports/frozen-request'

export interface Frozen {
  text: string
  sha256: string
}

/** The canonical text of a request and its SHA-256: what an approval covers. */
export async function freeze(request: FrozenRequest | FrozenEnable): Promise<Frozen> {
  const text = canonicalText(request)
  return { text, sha256: await sha256Hex(new TextEncoder().encode(text)) }
}
