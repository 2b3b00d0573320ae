import type { NoticeKind } from './notice'

export const NOTICE_KIND_WORDS = {
  alarm: 'Alarm',
  'review-waiting': 'Review waits',
  'proposal-waiting': 'Proposal waits',
  'operation-indeterminate': 'Outcome unknown',
  'connection-silent': 'Vault does not answer',
  'kek-expires': 'KEK expires',
  'key-expires': 'Key expires',
  'release-denied': 'Release refused',
  'release-first-seen': 'Seen for the first time',
  'releases-read-late': 'Past releases read',
  test: 'Test',
} as const satisfies Record<NoticeKind, string>
