import { arithmeticChecks } from './arithmetic-checks'
import { type Check, pending, waitsForKek } from './check'
import type { KeyShape } from './encoded-lengths'
import { fileChecks } from './file-checks'
import { generatorChecks } from './generator-checks'
import type { PreflightInput, TransferFile } from './input'
import { kekChecks } from './kek-checks'
import { PREFLIGHT_CHECKS, type PreflightCheckId, type PreflightRow } from './report'

/** What is known of a blob where no vault can be asked. */
export interface OfflineInput {
  file: TransferFile
  /** From the KEK's public key and identifier, when they were given. */
  kek: { kid: string; bits: number; spkiSha256: string } | null
  /** What the record says that the key is, when it was given. */
  shape: KeyShape | null
}

const needsKek = {
  ...arithmeticChecks,
  'kek-identifier': kekChecks['kek-identifier'],
  'kek-modulus': kekChecks['kek-modulus'],
  'kek-strength': kekChecks['kek-strength'],
}

/** The checks whose answer no vault decides. Leaving a KEK or a type out leaves their rows pending. */
const offlineChecks: Partial<Record<PreflightCheckId, Check>> = { ...fileChecks, ...needsKek, ...generatorChecks }

// Object.keys forgets the keys' type; PREFLIGHT_CHECKS is a constant with exactly these.
export const OFFLINE_CHECKS = (Object.keys(PREFLIGHT_CHECKS) as PreflightCheckId[]).filter((id) => id in offlineChecks)

const waitsForGivenKek = pending('Waits for the KEK to be given.')

/** The rows of preflight that need no vault, in preflight's order. Pure. */
export function runOfflinePreflight(offline: OfflineInput): PreflightRow[] {
  const input = asInput(offline)
  return OFFLINE_CHECKS.flatMap((id) => {
    const check = offlineChecks[id]
    if (check === undefined) return []
    const found = check(input)
    const waits = offline.kek === null && id in needsKek && (offline.file.parsed.ok || found === waitsForKek)
    return [{ id, ...PREFLIGHT_CHECKS[id], ...(waits ? waitsForGivenKek : found) }]
  })
}

/** Of the KEK only `bits` and the identifier are read by these rows; the rest is what every KEK must be. */
function asInput({ file, kek, shape }: OfflineInput): PreflightInput {
  const facts = { kty: 'RSA-HSM', keyOps: ['import'], enabled: true, notBefore: null, expiresAt: null }
  return {
    file,
    kekKid: kek?.kid ?? null,
    ...(kek ? { kek: { state: 'read', ...facts, bits: kek.bits, spkiSha256: kek.spkiSha256 } } : {}),
    ...(shape ? { target: { kty: `${shape.family}-HSM`, sizeOrCurve: shape.sizeOrCurve } } : {}),
    now: new Date(0),
  }
}
