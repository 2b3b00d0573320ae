import { familyOf, isSizeOrCurve, type KeyType } from '@/lib/domain/keys/key-type'
import { shapeName } from '@/lib/domain/preflight/encoded-lengths'
import type { KeyFacts } from '../key-worker/key-facts'

type Shape = Pick<KeyFacts, 'kind' | 'sizeOrCurve'>

/** `P-256`, `RSA-2048`, `AES-256`. */
export function nameOfShape({ kind, sizeOrCurve }: Shape): string {
  return isSizeOrCurve(kind, sizeOrCurve) ? shapeName({ family: kind, sizeOrCurve }) : `${kind} ${sizeOrCurve}`
}

/** Whether a key of a file becomes a key of that type. */
export function isOfType(key: Shape, target: { kty: KeyType; sizeOrCurve: string }): boolean {
  return familyOf(target.kty) === key.kind && target.sizeOrCurve === key.sizeOrCurve
}
