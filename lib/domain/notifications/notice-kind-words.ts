import type { NoticeKind } from './notice'

export const NOTICE_KIND_WORDS = {
  alarm: 'Alarm',
  'review-waiting': 'Review waits',
  'proposal-waiting': 'Proposal waits',
  'operation-indeterminate': 'Outcome unknown',
  'connection-silent': 'Vault does not answer',
  'kek-expires': 'KEK expires',
  'key-expires': 'Key expires',
  test: 'Test',
} as const satisfies Record<NoticeKind, string>
