import type { Metadata } from 'next'
import { LivePage } from '@/components/layout/live-page'
import { ReviewTable } from '@/components/review/review-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { listReviews } from '@/lib/server/reviews/list-reviews'

export const metadata: Metadata = { title: 'Reviews' }

export default async function ReviewInboxPage() {
  const { ctx, actor } = await enterPage('reviews.read')
  const { waiting, decided } = await listReviews(ctx, actor)
  const mine = waiting.filter(({ cannotDecide, approvals }) => cannotDecide === null && !approvals?.mine).length
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title="Reviews"
        actions={<LivePage now={ctx.clock().getTime()} />}
        lead="Nobody enables a key or changes its release policy alone. What one officer asks for, another examines and decides."
      />
      <Section id="waiting" title={`Waiting (${waiting.length})`} lead={leadOf(waiting.length, mine)}>
        {waiting.length > 0 ? (
          <ReviewTable label="Reviews that wait" rows={waiting} open />
        ) : (
          <EmptyState action={<LinkButton href={routes.keys()}>Keys</LinkButton>}>
            Nothing waits for a decision. An imported key appears here as soon as it is in its vault, disabled.
          </EmptyState>
        )}
      </Section>
      <Section id="decided" title={`Decided (${decided.length})`}>
        {decided.length > 0 ? (
          <ReviewTable label="Reviews that were decided" rows={decided} open={false} />
        ) : (
          <p className="text-sm text-text-muted">Nothing was decided yet.</p>
        )}
      </Section>
    </div>
  )
}

function leadOf(waiting: number, mine: number): string | undefined {
  if (waiting === 0) return undefined
  return mine === 0 ? 'None of these is for you to decide.' : `You may decide ${mine} of them.`
}
