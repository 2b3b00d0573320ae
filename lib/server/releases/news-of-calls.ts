import 'server-only'
import { KEY_NOT_NAMED } from '@/lib/domain/alarms/alarm'
import type { Notice } from '@/lib/domain/notifications/notice'
import type { OpenCall } from './told-calls-sql'

/**
 * What there is to tell of calls, in their order: of a refusal its key and day, of a release whoever or wherever it was the
 * first for. Somebody who was refused is told with the refusal; that a key went to them is told when it does.
 * @param today UTC, YYYY-MM-DD.
 */
export function newsOf(calls: readonly OpenCall[], today: string): Notice[] {
  const seen = new Set<string>()
  const isFirst = (...of: readonly (string | null)[]) => {
    const text = JSON.stringify(of)
    return !seen.has(text) && seen.add(text).size > 0
  }
  return calls.flatMap((call): Notice[] => {
    const { connectionId, vaultName, vault, day, record } = call
    const key = call.keyName?.toLowerCase() ?? null
    const late: Notice = { kind: 'releases-read-late', facts: { connectionId, vaultName, day: today } }
    const keyName = call.keyName ?? KEY_NOT_NAMED
    if (call.decision === 'denied') {
      const told: Notice = { kind: 'release-denied', facts: { connectionId, vaultName, day, keyName } }
      return [call.late ? late : told]
    }
    const person = call.isNewPerson && isFirst('person', vault, key, call.person) ? call.person : null
    const address = call.isNewAddress && isFirst('address', vault, key, call.address) ? call.address : null
    if (person === null && address === null) return []
    const facts = { connectionId, vaultName, day: today, keyName, record, person, address }
    return [call.late ? late : { kind: 'release-first-seen', facts }]
  })
}
