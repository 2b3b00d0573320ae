import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { PolicyReviewDocument } from '@/components/review/policy-review-document'
import { PolicyReviewStatus } from '@/components/review/policy-review-status'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { getPolicyChangeReview } from '@/lib/server/policy-changes/get-policy-change-review'
import { approvePolicyAction, rejectEnableAction, withdrawEnableAction } from '../../actions'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Review a release policy' }

export default async function PolicyReviewPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('reviews.read')
  const review = await getPolicyChangeReview(ctx, actor, id)
  if (!review) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Review ${review.reference}: another release policy for ${review.keyName}`}
        crumbs={[{ label: 'Reviews', href: routes.reviews() }]}
        status={<PolicyReviewStatus status={review.status} />}
      />
      <PolicyReviewDocument
        review={review}
        actions={{ approve: approvePolicyAction, reject: rejectEnableAction, withdraw: withdrawEnableAction }}
      />
    </DocumentPage>
  )
}
