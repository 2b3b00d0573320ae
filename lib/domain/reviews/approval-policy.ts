/** How many officers approve a key of this vault, and who: empty names every approver. */
export interface ApprovalPolicy {
  required: number
  approverIds: readonly string[]
}

export const MOST_APPROVALS = 5

/** Whether this person is among the approvers whom the vault takes. */
export function isNamedApprover({ approverIds }: Pick<ApprovalPolicy, 'approverIds'>, personId: string): boolean {
  return approverIds.length === 0 || approverIds.includes(personId)
}

/** An approval that still stands: not voided. Times are instants. */
export interface StandingApproval {
  approverId: string
  decision: 'approve' | 'reject'
  frozenSha256: string
  expiresAt: Date
}

/** The officer behind an approval, as they are now; undefined when there is no such live person. */
export interface ApproverNow {
  /** Not disabled, and holding the role. */
  mayDecide: boolean
  changedAt: Date
}

/** What is approved: since when it was asked for, by whom, and what exactly. */
export interface ApprovedRequest {
  askedAt: Date
  frozenSha256: string | null
  /** Importer and requester: nobody's own approval counts. */
  ownIds: readonly (string | null)[]
  policy: ApprovalPolicy
}

/**
 * The approvals that count at this instant: of exactly this request, unlapsed, by officers who may decide now and were
 * not changed since it was asked for. The database counts by the same rules when something is enabled.
 */
export function countingApprovals<Given extends StandingApproval>(
  standing: readonly Given[],
  request: ApprovedRequest,
  officer: (id: string) => ApproverNow | undefined,
  now: Date,
): Given[] {
  return standing.filter(({ approverId, decision, frozenSha256, expiresAt }) => {
    const person = officer(approverId)
    return (
      decision === 'approve' &&
      frozenSha256 === request.frozenSha256 &&
      expiresAt > now &&
      !request.ownIds.includes(approverId) &&
      isNamedApprover(request.policy, approverId) &&
      person?.mayDecide === true &&
      person.changedAt <= request.askedAt
    )
  })
}

interface GivenApprovals {
  required: number
  given: readonly { mine: boolean }[]
}

/** What the button of an approval does: the last one needed has the vault do it, in these words. */
export function approveLabel({ required, given }: GivenApprovals, last = 'Enable this version'): string {
  const others = given.filter(({ mine }) => !mine).length
  return others + 1 >= required ? last : `Approve, as ${others + 1} of ${required}`
}

/** "1 of 2 approved": how far a review is. */
export function approvedWords(given: number, required: number): string {
  return `${given} of ${required} approved`
}

/** Somebody as a policy sees them. */
export interface PolicyPerson {
  id: string
  name: string
  isApprover: boolean
  isCustodian: boolean
}

export type PolicyFinding = { verdict: 'fits' } | { verdict: 'warn' | 'refuse'; because: string }

/**
 * Whether a policy can be met by the people who are there. An importer never approves, so a vault whose approvers are
 * also its custodians needs one more of them than it asks for.
 */
export function checkPolicy(policy: ApprovalPolicy, people: readonly PolicyPerson[]): PolicyFinding {
  const eligible = people.filter((person) => person.isApprover && isNamedApprover(policy, person.id))
  const strangers = policy.approverIds.filter((id) => !eligible.some((person) => person.id === id))
  if (strangers.length > 0) return { verdict: 'refuse', because: 'Somebody who is named is no approver now.' }
  const { required } = policy
  if (eligible.length < required) {
    return {
      verdict: 'refuse',
      because: `${required} approvals are asked for, but only ${eligible.length} can be given.`,
    }
  }
  const blocked = people.filter(
    (importer) => importer.isCustodian && eligible.filter(({ id }) => id !== importer.id).length < required,
  )
  if (blocked.length === 0) return { verdict: 'fits' }
  const names = blocked.map(({ name }) => name).join(', ')
  if (blocked.length === people.filter(({ isCustodian }) => isCustodian).length) {
    const because = `Nobody could import: an importer does not approve, and without them fewer than ${required} are left.`
    return { verdict: 'refuse', because }
  }
  return {
    verdict: 'warn',
    because: `What ${names} imports could not be enabled: without them fewer are left than needed.`,
  }
}
