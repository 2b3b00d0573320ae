import type { NormalisationChange } from '@/lib/crypto'

export const PREFLIGHT_VERDICTS = ['pass', 'warn', 'fail', 'pending'] as const
export type PreflightVerdict = (typeof PREFLIGHT_VERDICTS)[number]

export const PREFLIGHT_GROUPS = ['file', 'arithmetic', 'kek', 'key', 'target', 'caller'] as const
export type PreflightGroup = (typeof PREFLIGHT_GROUPS)[number]

export const PREFLIGHT_GROUP_TITLES = {
  file: 'File',
  arithmetic: 'Arithmetic of the ciphertext',
  kek: 'Key exchange key',
  key: 'Key in the clear',
  target: 'Target',
  caller: 'You and the vault',
} as const satisfies Record<PreflightGroup, string>

const docs = 'https://learn.microsoft.com/azure/key-vault'
const links = {
  blob: `${docs}/keys/byok-specification`,
  byok: `${docs}/keys/hsm-protected-keys-byok`,
  keys: `${docs}/keys/about-keys-details`,
  softDelete: `${docs}/general/soft-delete-overview`,
  release: `${docs}/keys/policy-grammar`,
  roles: `${docs}/general/rbac-guide`,
} as const

/** How a key goes to the vault: wrapped in a transfer blob, or as a private JWK that the server sees. */
export type PreflightWay = 'blob' | 'jwk'

/** Every check, in the order in which an officer reads them. */
export const PREFLIGHT_CHECKS = {
  'file-not-empty': { group: 'file', title: 'The file is not empty', link: links.blob },
  'file-size': { group: 'file', title: 'At most 64 KiB', link: links.blob },
  'file-encoding': { group: 'file', title: 'UTF-8 text', link: links.blob },
  'file-json': { group: 'file', title: 'A JSON object', link: links.blob },
  'file-duplicates': { group: 'file', title: 'No member twice', link: links.blob },
  'file-members': { group: 'file', title: 'The members of a transfer blob', link: links.blob },
  'file-schema-version': { group: 'file', title: 'Schema version 1.0.0', link: links.blob },
  'file-algorithm': { group: 'file', title: 'Header algorithm dir', link: links.blob },
  'file-encryption': { group: 'file', title: 'Header encryption CKM_RSA_AES_KEY_WRAP', link: links.blob },
  'file-generator': { group: 'file', title: 'Generator named', link: links.blob },
  'file-ciphertext-encoding': { group: 'file', title: 'Ciphertext in base64url', link: links.blob },
  'file-sha256': { group: 'file', title: 'SHA-256 of the file', link: links.blob },
  'arithmetic-block': { group: 'arithmetic', title: 'Longer than the KEK’s modulus', link: links.blob },
  'arithmetic-remainder': { group: 'arithmetic', title: 'The rest is whole blocks of 8 bytes', link: links.blob },
  'arithmetic-type': { group: 'arithmetic', title: 'The rest fits the chosen type', link: links.byok },
  'kek-identifier': { group: 'kek', title: 'The blob names a KEK with its version', link: links.blob },
  'kek-host': { group: 'kek', title: 'The KEK is in the selected vault', link: links.byok },
  'kek-exists': { group: 'kek', title: 'The KEK exists', link: links.byok },
  'kek-type': { group: 'kek', title: 'The KEK is RSA-HSM', link: links.byok },
  'kek-operations': { group: 'kek', title: 'The KEK may import, and nothing else', link: links.byok },
  'kek-enabled': { group: 'kek', title: 'The KEK is enabled', link: links.byok },
  'kek-dates': { group: 'kek', title: 'The KEK is inside its dates', link: links.byok },
  'kek-modulus': { group: 'kek', title: 'The first block is as long as the KEK’s modulus', link: links.blob },
  'kek-fingerprint': { group: 'kek', title: 'The KEK is the one that was downloaded', link: links.byok },
  'kek-strength': { group: 'kek', title: 'The KEK is as strong as the key', link: links.byok },
  'key-type': { group: 'key', title: 'The key is of the chosen type', link: links.keys },
  'key-seen-by-server': { group: 'key', title: 'The server will see the private key', link: links.byok },
  'target-name': { group: 'target', title: 'A valid name', link: links.keys },
  'target-name-state': { group: 'target', title: 'The name is free', link: links.softDelete },
  'target-tier': { group: 'target', title: 'The vault takes this type', link: links.byok },
  'target-size': { group: 'target', title: 'Size or curve chosen', link: links.keys },
  'target-operations': { group: 'target', title: 'Operations fit the type', link: links.keys },
  'target-release-policy': { group: 'target', title: 'Exportable only with a release policy', link: links.release },
  'target-tags': { group: 'target', title: 'Tags within the limits', link: links.keys },
  'target-expiry': { group: 'target', title: 'Expiry', link: links.keys },
  'target-disabled': { group: 'target', title: 'Arrives disabled', link: links.keys },
  'target-downstream': { group: 'target', title: 'Limits of services that will use it', link: links.keys },
  'target-cloud': { group: 'target', title: 'The cloud offers BYOK', link: links.byok },
  'target-luna': { group: 'target', title: 'Luna firmware for RSA-4096', link: links.byok },
  'target-vendor': { group: 'target', title: 'A listed vendor’s tool', link: links.byok },
  'caller-permission': { group: 'caller', title: 'Permission to import', link: links.roles },
  'caller-approver': { group: 'caller', title: 'Somebody else can approve', link: links.roles },
  'caller-vault-answers': { group: 'caller', title: 'The vault answers', link: links.roles },
  'caller-clocks': { group: 'caller', title: 'Clocks agree', link: links.keys },
} as const satisfies Record<string, { group: PreflightGroup; title: string; link: string }>

export type PreflightCheckId = keyof typeof PREFLIGHT_CHECKS

/** What one check found: the fact that decided it, and how to mend it. */
export interface Finding {
  verdict: PreflightVerdict
  fact: string
  remedy?: string
}

export interface PreflightRow extends Finding {
  id: PreflightCheckId
  group: PreflightGroup
  title: string
  link: string
}

export interface PreflightReport {
  rows: PreflightRow[]
  /** `fail` blocks; `pending` waits for input; each row that warns must be acknowledged by its id. */
  verdict: PreflightVerdict
  /** SHA-256 of what would be sent; null while there is nothing to send. */
  sentSha256: string | null
  /** What was changed in the file; absent when it is sent as it is. */
  normalised?: NormalisationChange[]
}
