import type { PublicJwk } from '@/lib/crypto'
import type { FoundKey, KeyWarning } from '@/lib/crypto/private-key/found-key'

/** What may be known of a found key outside of its worker: public facts, and nothing else. */
export interface KeyFacts {
  kind: FoundKey['kind']
  /** "2048"; the vaults' curve name; bits of a symmetric key. */
  sizeOrCurve: string
  /** Untrusted text of the file, as it may be shown: of bounded length, without what would turn or hide other text. */
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
    name: key.name ? shownName(key.name) : null,
    publicJwk: key.publicJwk ?? null,
    spkiSha256: key.thumbprints.spkiSha256 ?? null,
    jwkThumbprint: key.thumbprints.jwk ?? null,
    kcv: key.kcv ? { ecb: key.kcv.ecb, cmac: key.kcv.cmac } : null,
    warnings: [...key.warnings],
  }
}

const NAME_AT_MOST = 256
/** Control characters, and those that turn the direction of the text about them. */
const UNSHOWN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function shownName(name: string): string {
  const shown = name.slice(0, NAME_AT_MOST).replace(UNSHOWN, '\ufffd')
  return name.length > NAME_AT_MOST ? `${shown}…` : shown
}
