import type { KeyDetail } from '@/lib/domain/keys/views'
import { closedBecause } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { isWithheld } from './version-words'

export const VERSION_ACTS = ['disable', 'compromised', 'enable', 'unmark'] as const
export type VersionAct = (typeof VERSION_ACTS)[number]

/** Why each act on the version is closed; undefined when it is open. What the service refuses anyway is said beforehand. */
export function closedActs(detail: KeyDetail, roles: readonly Role[]): Record<VersionAct, string | undefined> {
  const { selected } = detail
  const gone = detail.deleted ? 'The key is deleted.' : undefined
  return {
    disable:
      closedBecause(roles, 'keys.stop') ?? gone ?? (selected.enabled ? undefined : 'This version is disabled already.'),
    compromised:
      closedBecause(roles, 'keys.mark-compromised') ??
      (selected.compromised ? 'This version is marked compromised already.' : undefined),
    enable: closedBecause(roles, 'keys.request-enable') ?? gone ?? enableClosed(selected),
    unmark: closedBecause(roles, 'keys.propose-unmark') ?? unmarkClosed(selected),
  }
}

function unmarkClosed(selected: KeyDetail['selected']): string | undefined {
  if (!selected.compromised) return 'This version is not marked compromised.'
  return selected.unmarkProposalId ? 'Somebody has proposed this already; it waits to be confirmed.' : undefined
}

function enableClosed(selected: KeyDetail['selected']): string | undefined {
  if (selected.enabled) return 'This version is enabled.'
  if (selected.compromised) return 'This version is marked compromised; it can not be enabled.'
  if (isWithheld(selected)) return 'This version is under review: the review enables it.'
  if (selected.import && selected.import.status !== 'enabled') {
    return `Its import ended as ${selected.import.status}; it stays disabled.`
  }
  return selected.openEnableRequestId ? 'Somebody has asked for this already; the review is open.' : undefined
}
