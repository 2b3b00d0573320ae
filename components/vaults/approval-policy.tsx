import type { PolicyView } from '@/lib/domain/connections/policy-view'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DescriptionList } from '../ui/description-list'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { ProposePolicy, type ProposePolicyAction } from './propose-policy'

type ApprovalPolicyProps = {
  vault: { id: string; name: string }
  policy: PolicyView
  propose: ProposePolicyAction
  /** Why the reader can't propose another. */
  closed: string | undefined
  /** The proposal's page is open to the reader. */
  maySeeProposal: boolean
}

/** How many officers approve a key of this vault, and who: the policy in force, and the way to another. */
export function ApprovalPolicy({ vault, policy, propose, closed, maySeeProposal }: ApprovalPolicyProps) {
  const { required, named, approvers, problem, waitingProposalId } = policy
  return (
    <Section
      id="approvals"
      title="Who approves"
      lead="Before a key of this vault is enabled, or another release policy set."
    >
      {problem ? <Banner tone="attention" title={problem} /> : null}
      <DescriptionList
        items={[
          { term: 'Approvals', detail: required === 1 ? 'one' : `${required}, by different officers` },
          { term: 'By', detail: named ? 'only the officers named here' : 'any approver' },
          { term: 'Approvers now', detail: approvers.length > 0 ? approvers.join(', ') : 'nobody' },
          { term: 'Never', detail: 'who imported the key or asked for it, or was made or changed since' },
        ]}
      />
      {waitingProposalId ? (
        <Banner
          tone="information"
          title="Another policy is proposed."
          actions={
            maySeeProposal ? <LinkButton href={routes.proposal(waitingProposalId)}>Open the proposal</LinkButton> : null
          }
        >
          A second administrator confirms or refuses it; until then this one holds.
        </Banner>
      ) : null}
      <ProposePolicy
        vault={vault}
        policy={policy}
        propose={propose}
        closed={closed ?? (waitingProposalId ? 'A proposal waits already: decide or withdraw it first.' : undefined)}
      />
    </Section>
  )
}
