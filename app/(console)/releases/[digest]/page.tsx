import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { CompleteReleaseForm } from '@/components/releases/complete-release-form'
import { DecisionBadge } from '@/components/releases/decision-badge'
import { EvaluationSection } from '@/components/releases/evaluation-section'
import { FirstBadge } from '@/components/releases/first-badge'
import { RecordFacts } from '@/components/releases/record-facts'
import { releaseWords } from '@/components/releases/release-words'
import { VerdictBadge } from '@/components/releases/verdict-badge'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { closedBecause } from '@/lib/domain/people/permissions'
import { actOf } from '@/lib/domain/releases/history/operation-names'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { getEvaluation } from '@/lib/server/releases/evaluation/get-evaluation'
import { getLogRecord } from '@/lib/server/releases/list-releases'
import { completeReleaseAction } from '../actions'

export const metadata: Metadata = { title: 'Release' }

const COMPLETE_LEAD =
  'The provider’s log holds no claims, so nobody can say yet why it ended like this. Whoever asked for the key has the token that it was asked for with: pasted here, it is held against the policy that the key had then.'
const ANOTHER_LEAD =
  'Should the token above not be the one of this release: another one takes its place, and both stay on record.'

const DIGEST = /^[0-9a-f]{64}$/

export default async function ReleasePage({ params }: { params: Promise<{ digest: string }> }) {
  const { ctx, actor } = await enterPage('releases.read')
  const { digest } = await params
  const record = DIGEST.test(digest) ? await getLogRecord(ctx, actor, digest) : null
  if (!record) notFound()
  const isRelease = actOf(record.operation) === 'release'
  const evaluation = isRelease ? await getEvaluation(ctx, actor, record) : null
  return (
    <DocumentPage>
      <PageHeader
        title={`${isRelease ? 'Release' : record.operation} of ${record.keyName ?? 'a key'}`}
        crumbs={[{ label: 'Releases', href: routes.releases() }]}
        status={
          <>
            <DecisionBadge record={{ act: isRelease ? 'release' : 'change', decision: record.decision }} />
            {evaluation ? <VerdictBadge verdict={evaluation.verdict} /> : null}
            {record.firstSeen.map((seen) => (
              <FirstBadge key={seen} seen={seen} />
            ))}
          </>
        }
      />
      {isRelease ? (
        <div className="wrap-anywhere flex max-w-prose flex-col gap-2">
          {releaseWords(record, evaluation !== null).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
      {evaluation ? <EvaluationSection detail={evaluation} decision={record.decision} /> : null}
      {isRelease && evaluation?.source !== 'own' ? (
        <Section
          id="complete"
          title={evaluation ? 'Supply another token' : 'Evaluate it'}
          lead={evaluation ? ANOTHER_LEAD : COMPLETE_LEAD}
        >
          <CompleteReleaseForm
            digest={digest}
            action={completeReleaseAction}
            closed={closedBecause(actor.roles, 'releases.complete')}
          />
        </Section>
      ) : null}
      <Section id="facts" title="As the vault’s log tells it">
        <RecordFacts record={record} />
      </Section>
    </DocumentPage>
  )
}
