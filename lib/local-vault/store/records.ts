/** Milliseconds are for `now`; everything kept and sent is Unix seconds (IntDate). */
export type UnixSeconds = number

export type KeyType = 'RSA' | 'RSA-HSM' | 'EC' | 'EC-HSM' | 'oct' | 'oct-HSM'
export type Curve = 'P-256' | 'P-256K' | 'P-384' | 'P-521'

/** The public half, base64url members as in a JWK. Symmetric keys have none. */
export type PublicPart =
  | { family: 'RSA'; bits: number; n: string; e: string }
  | { family: 'EC'; curve: Curve; x: string; y: string }
  | { family: 'oct'; bits: number }

export type ReleasePolicy = { contentType: string; data: string; immutable: boolean }

/** One version without its private half: all that reads and lists need. */
export type VersionRecord = {
  version: string
  kty: KeyType
  publicPart: PublicPart
  keyOps: string[]
  enabled: boolean
  nbf: UnixSeconds | null
  exp: UnixSeconds | null
  created: UnixSeconds
  updated: UnixSeconds
  exportable: boolean
  releasePolicy: ReleasePolicy | null
  tags: Record<string, string>
}

/** `completed`: before it, the deletion is still in progress and nothing can be done with the name. */
export type Deletion = { deletedDate: UnixSeconds; scheduledPurgeDate: UnixSeconds; completed?: UnixSeconds }

/** A name: which version is the latest, and whether all of it lies in the soft-deleted state. */
export type NameRecord = { name: string; latest: string; deletion: Deletion | null }

/** ISO 8601 durations, as given. */
export type RotationPolicy = {
  rotate: { timeAfterCreate: string } | { timeBeforeExpiry: string } | null
  notify: { timeBeforeExpiry: string } | null
  expiryTime: string | null
}

/** A name's policy, and when it next does something by itself. */
export type RotationRecord = {
  policy: RotationPolicy
  created: UnixSeconds
  updated: UnixSeconds
  due: { rotate: UnixSeconds | null; notify: UnixSeconds | null }
  /** The version whose near expiry was told. */
  notified: string | null
}
