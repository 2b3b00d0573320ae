import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { ProposalPage } from '@/components/proposals/proposal-page'
import { ProposalStatusBadge } from '@/components/proposals/proposal-status-badge'
import { PageHeader } from '@/components/ui/page-header'
import { closedBecause } from '@/lib/domain/people/permissions'
import { PROPOSAL_PERMISSIONS } from '@/lib/domain/proposals/kinds'
import { routes } from '@/lib/routes'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { getProposal } from '@/lib/server/proposals/get-proposal'
import { confirmProposalAction, refuseProposalAction, withdrawProposalAction } from '../actions'

export const metadata: Metadata = { title: 'Proposal' }

export default async function OneProposalPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, actor } = await enterPage('proposals.read')
  const { id } = await params
  const proposal = isUuid(id) ? await getProposal(ctx, actor, id) : null
  if (!proposal) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={proposal.title}
        crumbs={[{ label: 'Proposals', href: routes.proposals() }]}
        status={<ProposalStatusBadge status={proposal.status} />}
      />
      <ProposalPage
        proposal={proposal}
        cannotRefuse={closedBecause(actor.roles, PROPOSAL_PERMISSIONS[proposal.kind].confirm)}
        actions={{ confirm: confirmProposalAction, refuse: refuseProposalAction, withdraw: withdrawProposalAction }}
      />
    </DocumentPage>
  )
}
