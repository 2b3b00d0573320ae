import 'server-only'
import { canonicalText, type FrozenEnable, type FrozenRequest } from '@/lib/domain/imports/frozen-request'
import type { FrozenPolicyChange } from '@/lib/domain/releases/frozen-policy-change'
import { sha256Hex } from '../digest'

export interface Frozen {
  text: string
  sha256: string
}

/** The canonical text of a request and its SHA-256: what an approval covers. */
export function freeze(request: FrozenRequest | FrozenEnable | FrozenPolicyChange): Frozen {
  const text = canonicalText(request)
  return { text, sha256: sha256Hex(text) }
}
