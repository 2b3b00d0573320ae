import { expect, it } from 'vitest'
import { mayPurge, recoveryLevel } from './recovery-level'

it.each([
  [90, false, false, 'Recoverable+Purgeable'],
  [90, true, false, 'Recoverable'],
  [90, true, true, 'Recoverable+ProtectedSubscription'],
  [90, false, true, 'Recoverable+ProtectedSubscription'],
  [89, false, false, 'CustomizedRecoverable+Purgeable'],
  [7, true, false, 'CustomizedRecoverable'],
  [7, false, true, 'CustomizedRecoverable+ProtectedSubscription'],
])(
  '%i days, purge protection %s, protected subscription %s: %s',
  (softDeleteRetentionDays, purgeProtection, protectedSubscription, level) => {
    const vault = { softDeleteRetentionDays, purgeProtection, protectedSubscription }
    expect(recoveryLevel(vault)).toBe(level)
    expect(mayPurge(vault)).toBe(level.includes('Purgeable'))
  },
)
