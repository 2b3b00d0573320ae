import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { DecisionBadge } from '@/components/releases/decision-badge'
import { RecordFacts } from '@/components/releases/record-facts'
import { releaseWords } from '@/components/releases/release-words'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { actOf } from '@/lib/domain/releases/history/operation-names'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { getLogRecord } from '@/lib/server/releases/list-releases'

export const metadata: Metadata = { title: 'Release' }

const DIGEST = /^[0-9a-f]{64}$/

export default async function ReleasePage({ params }: { params: Promise<{ digest: string }> }) {
  const { ctx, actor } = await enterPage('releases.read')
  const { digest } = await params
  const record = DIGEST.test(digest) ? await getLogRecord(ctx, actor, digest) : null
  if (!record) notFound()
  const isRelease = actOf(record.operation) === 'release'
  return (
    <DocumentPage>
      <PageHeader
        title={`${isRelease ? 'Release' : record.operation} of ${record.keyName ?? 'a key'}`}
        crumbs={[{ label: 'Releases', href: routes.releases() }]}
        status={<DecisionBadge record={{ act: isRelease ? 'release' : 'change', decision: record.decision }} />}
      />
      {isRelease ? (
        <div className="wrap-anywhere flex max-w-prose flex-col gap-2">
          {releaseWords(record).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
      <Section id="facts" title="As the vault’s log tells it">
        <RecordFacts record={record} />
      </Section>
    </DocumentPage>
  )
}
