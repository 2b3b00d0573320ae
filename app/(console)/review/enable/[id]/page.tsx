import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { EnableReviewDocument } from '@/components/review/enable-review-document'
import { ReviewStatusBadge } from '@/components/review/review-status-badge'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { getEnableReview } from '@/lib/server/reviews/get-enable-review'
import { approveEnableAction, rejectEnableAction, withdrawEnableAction } from '../../actions'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Review a request to enable' }

export default async function EnableReviewPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('reviews.read')
  const review = await getEnableReview(ctx, actor, id)
  if (!review) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Review ${review.reference}: enable ${review.keyName}`}
        crumbs={[{ label: 'Reviews', href: routes.reviews() }]}
        status={<ReviewStatusBadge status={review.status} />}
      />
      <EnableReviewDocument
        review={review}
        actions={{ approve: approveEnableAction, reject: rejectEnableAction, withdraw: withdrawEnableAction }}
      />
    </DocumentPage>
  )
}
