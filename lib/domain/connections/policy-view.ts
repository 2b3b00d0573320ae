import type { PolicyPerson } from '../reviews/approval-policy'

/** A vault's approval policy, as its page shows it. */
export interface PolicyView {
  required: number
  /** The vault names its approvers; else every approver counts. */
  named: boolean
  /** Who can approve now, by name. */
  approvers: string[]
  /** Why the policy can't be met by the people there are, or not by all of them. */
  problem: string | null
  waitingProposalId: string | null
  approverIds: string[]
  people: PolicyPerson[]
}
