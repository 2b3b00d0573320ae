import type { Metadata } from 'next'
import { ToolPage } from '@/components/layout/page-frames'
import { ProposalTable } from '@/components/proposals/proposal-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { enterPage } from '@/lib/server/page'
import { listProposals } from '@/lib/server/proposals/list-proposals'

export const metadata: Metadata = { title: 'Proposals' }

export default async function ProposalsPage() {
  const { ctx, actor } = await enterPage('proposals.read')
  const { waiting, decided } = await listProposals(ctx, actor)
  const mine = waiting.filter(({ cannotConfirm }) => cannotConfirm === null).length
  return (
    <ToolPage>
      <PageHeader
        title="Proposals"
        lead="What changes people, vaults or a mark takes two: one proposes it, another confirms it within seven days."
      />
      <Section id="waiting" title={`Waiting (${waiting.length})`} lead={leadOf(waiting.length, mine)}>
        {waiting.length > 0 ? (
          <ProposalTable label="Proposals that wait" rows={waiting} open />
        ) : (
          <EmptyState>
            Nothing waits. A proposal made on the page of a person, a vault or a key appears here.
          </EmptyState>
        )}
      </Section>
      <Section id="decided" title={`Decided (${decided.length})`}>
        {decided.length > 0 ? (
          <ProposalTable label="Proposals that were decided" rows={decided} open={false} />
        ) : (
          <p className="text-sm text-text-muted">Nothing was decided yet.</p>
        )}
      </Section>
    </ToolPage>
  )
}

function leadOf(waiting: number, mine: number): string | undefined {
  if (waiting === 0) return undefined
  return mine === 0 ? 'None of these is for you to decide.' : `You may decide ${mine} of them.`
}
