import type { ProposalDocument } from '@/lib/domain/proposals/views'
import { PermissionDiff } from '../people/permission-diff'
import { Banner } from '../ui/banner'
import { Diff } from '../ui/diff'
import { Section } from '../ui/section'
import { DecideProposal, type ProposalActions } from './decide-proposal'
import { ProposalFacts } from './proposal-facts'
import { WhoConfirms } from './who-confirms'

type ProposalPageProps = { proposal: ProposalDocument; cannotRefuse: string | undefined; actions: ProposalActions }

/** What would change, for whom, why, and who may say so. */
export function ProposalPage({ proposal, cannotRefuse, actions }: ProposalPageProps) {
  const { blockedBecause, permissions, consequences } = proposal
  return (
    <>
      <WhoConfirms proposal={proposal} />
      {blockedBecause && proposal.status === 'waiting' ? (
        <Banner tone="attention" title="It can’t be confirmed as things are now.">
          {blockedBecause}
        </Banner>
      ) : null}
      <Section id="change" title="What changes">
        <Diff label="Before and after" rows={proposal.facts} beforeLabel="When proposed" afterLabel="Once confirmed" />
      </Section>
      {permissions ? (
        <Section id="permissions" title="What they may do">
          <PermissionDiff {...permissions} />
        </Section>
      ) : null}
      {consequences.length > 0 ? (
        <Section id="consequences" title="What will be true">
          <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-sm">
            {consequences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section id="proposal" title="The proposal">
        <ProposalFacts proposal={proposal} />
      </Section>
      <section aria-label="Decide">
        <DecideProposal proposal={proposal} cannotRefuse={cannotRefuse} actions={actions} />
      </section>
    </>
  )
}
