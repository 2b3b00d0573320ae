import type { PublicJwk } from '@/lib/crypto'
import type { FoundKey, KeyWarning } from '@/lib/crypto/private-key/found-key'

/** What may be known of a found key outside of its worker: public facts, and nothing else. */
export interface KeyFacts {
  kind: FoundKey['kind']
  /** "2048"; the vaults' curve name; bits of a symmetric key. */
  sizeOrCurve: string
  /** Untrusted text of the file, as it may be shown. */
  name: string | null
  publicJwk: PublicJwk | null
  /** Lower-case hexadecimal; null for a symmetric key. */
  spkiSha256: string | null
  jwkThumbprint: string | null
  kcv: { ecb: string; cmac: string } | null
  warnings: readonly KeyWarning[]
}

/** Taken one by one: a member that is added to `FoundKey` does not leave the worker by itself. */
export function factsOf(key: FoundKey): KeyFacts {
  return {
    kind: key.kind,
    sizeOrCurve: key.sizeOrCurve,
    name: key.name ?? null,
    publicJwk: key.publicJwk ?? null,
    spkiSha256: key.thumbprints.spkiSha256 ?? null,
    jwkThumbprint: key.thumbprints.jwk ?? null,
    kcv: key.kcv ? { ecb: key.kcv.ecb, cmac: key.kcv.cmac } : null,
    warnings: [...key.warnings],
  }
}
