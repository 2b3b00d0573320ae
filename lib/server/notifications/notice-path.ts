import 'server-only'
import { isToldByLogs } from '@/lib/domain/alarms/alarm'
import type { Notice } from '@/lib/domain/notifications/notice'
import { routes } from '@/lib/routes'

/** Where one sees what it is about, and does something about it. */
export function noticePath({ kind, facts }: Notice): string {
  switch (kind) {
    case 'review-waiting':
      if (facts.importId) return routes.review(facts.importId)
      return routes.reviewOf({ kind: facts.asks ? 'policy' : 'enable', id: facts.enableRequestId ?? '' })
    case 'proposal-waiting':
      return routes.proposal(facts.proposalId)
    case 'alarm':
      if (isToldByLogs(facts.alarmKind)) return routes.releases()
      return facts.importId ? routes.import(facts.importId) : routes.key(facts.connectionId, facts.keyName)
    case 'kek-expires':
      return routes.kek(facts.kekId)
    case 'key-expires':
    case 'operation-indeterminate':
      return routes.key(facts.connectionId, facts.keyName)
    case 'connection-silent':
      return routes.vault(facts.connectionId)
    case 'release-denied':
    case 'releases-read-late':
      return routes.releases()
    case 'release-first-seen':
      return facts.record === null ? routes.releases() : routes.release(facts.record)
    case 'test':
      return routes.notifications()
  }
}
