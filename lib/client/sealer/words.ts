import type { KeyFacts } from '../key-worker/key-facts'

/** `RSA, 3072 bits`; `EC, P-256K`; `AES, 256 bits`. */
export function typeName({ kind, sizeOrCurve }: Pick<KeyFacts, 'kind' | 'sizeOrCurve'>): string {
  if (kind === 'EC') return `EC, ${sizeOrCurve}`
  return `${kind === 'RSA' ? 'RSA' : 'AES'}, ${sizeOrCurve} bits`
}
