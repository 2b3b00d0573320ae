import 'server-only'

/** A version in its vault. Vaults' names know no case, and people type them: no rule may be passed by by a capital letter. */
export interface VersionAddress {
  connectionId: string
  keyName: string
  keyVersion: string
}

/** Of rows about this version, in whatever case each spells its name. */
export function versionNamed({ connectionId, keyName, keyVersion }: VersionAddress) {
  return { connectionId, keyVersion, keyName: { equals: keyName, mode: 'insensitive' as const } }
}
