import { groupFingerprint } from '@/lib/crypto/fingerprint'
import { keyWarnings } from '@/lib/crypto/private-key/key-warnings'
import type { KeyFacts } from '../key-worker/key-facts'
import type { GivenKek } from './read-kek'
import { typeName } from './words'

/** All that the ceremony's record needs of one sealing. Nothing in it is secret. */
export interface Sealing {
  /** Of the `.byok`. */
  fileName: string
  sha256: string
  keyFileName: string
  generator: string
  key: KeyFacts
  publicKeyPem: string | null
  kek: GivenKek
  /** By this machine's clock. */
  sealedAt: Date
}

/** The record as a text to save, print and sign. */
export function recordText(sealing: Sealing): string {
  const { key, kek, publicKeyPem } = sealing
  const lines = [
    'Record of a key that was sealed offline',
    '',
    row('Transfer blob', sealing.fileName),
    row('SHA-256 of the blob', groupFingerprint(sealing.sha256)),
    row('Sealed at', `${sealing.sealedAt.toISOString()} (by the clock of the machine)`),
    row('Made by', sealing.generator),
    row('Key file', sealing.keyFileName.replace(/\p{C}/gu, '_')),
    '',
    row('Key', typeName(key)),
    ...optional('SHA-256 of the public key', key.spkiSha256 && groupFingerprint(key.spkiSha256)),
    ...optional('Thumbprint (RFC 7638)', key.jwkThumbprint),
    ...optional('Key check value (AES of zeros)', key.kcv?.ecb),
    ...optional('Key check value (AES-CMAC)', key.kcv?.cmac),
    ...key.warnings.map((warning) => row('Warning', keyWarnings[warning])),
    '',
    row('Sealed under KEK', kek.kid),
    row('KEK', `RSA, ${kek.bits} bits`),
    row('SHA-256 of the KEK', groupFingerprint(kek.spkiSha256)),
    ...(publicKeyPem === null ? [] : ['', 'Public key, for whoever reviews the import:', publicKeyPem.trimEnd()]),
    '',
    row('Name, date, signature', '____________________________________________'),
    row('Name, date, signature', '____________________________________________'),
  ]
  return `${lines.join('\r\n')}\r\n`
}

const row = (name: string, value: string): string => `${`${name}:`.padEnd(32)}${value}`
const optional = (name: string, value: string | null | undefined): string[] => (value ? [row(name, value)] : [])
