import { retentionDays, type VaultSettings } from '../vault-settings'

/** What a deletion can be undone from. It contains "Purgeable" if and only if a user may purge. */
export type RecoveryLevel =
  | 'Recoverable+Purgeable'
  | 'Recoverable'
  | 'Recoverable+ProtectedSubscription'
  | 'CustomizedRecoverable+Purgeable'
  | 'CustomizedRecoverable'
  | 'CustomizedRecoverable+ProtectedSubscription'

type Protection = Pick<VaultSettings, 'softDeleteRetentionDays' | 'purgeProtection' | 'protectedSubscription'>

/** `Customized…` says that fewer than the 90 days were chosen. A protected subscription implies purge protection. */
export function recoveryLevel(vault: Protection): RecoveryLevel {
  const kept = vault.softDeleteRetentionDays < retentionDays.max ? 'CustomizedRecoverable' : 'Recoverable'
  if (vault.protectedSubscription) return `${kept}+ProtectedSubscription`
  return vault.purgeProtection ? kept : `${kept}+Purgeable`
}

export function mayPurge(vault: Protection): boolean {
  return recoveryLevel(vault).endsWith('+Purgeable')
}
