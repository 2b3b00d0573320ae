import type { Permission } from '@/lib/domain/people/permissions'

/** What each permission lets somebody do, in the words of the people screen. */
export const PERMISSION_WORDS = {
  'keys.read': 'See the inventory and every key',
  'keys.refresh': 'Have the vaults read anew',
  'keys.stop': 'Disable a key version at once',
  'keys.mark-compromised': 'Mark a key version compromised',
  'keys.delete': 'Delete a rejected key',
  'keys.request-enable': 'Ask to enable a stopped version again',
  'keks.read': 'See the KEKs',
  'keks.create': 'Create a KEK',
  'keks.download': 'Download a KEK’s public key',
  'keks.retire': 'Retire a KEK',
  'imports.create': 'Import a key',
  'imports.read': 'See imports and ceremony records',
  'reviews.read': 'See the reviews',
  'reviews.decide': 'Decide a review, never of one’s own work',
  'audit.read': 'Read the audit log',
  'audit.export': 'Export the audit log',
  'connections.read': 'See the vaults',
  'connections.manage': 'Connect and remove vaults',
  'people.read': 'See the people',
  'alarms.acknowledge': 'Acknowledge an alarm',
} as const satisfies Record<Permission, string>
