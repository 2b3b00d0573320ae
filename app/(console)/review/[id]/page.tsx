import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LiveImportStatus } from '@/components/import/live-import-status'
import { DocumentPage } from '@/components/layout/page-frames'
import { ImportReviewDocument } from '@/components/review/import-review-document'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { getImportReview } from '@/lib/server/reviews/get-import-review'
import { approveImportAction, deleteRejectedKeyAction, rejectImportAction } from '../actions'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Review an import' }

export default async function ImportReviewPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('reviews.read')
  const review = await getImportReview(ctx, actor, id)
  if (!review) notFound()
  const { import: view } = review
  return (
    <DocumentPage>
      <PageHeader
        title={`Review ${view.reference}: ${view.keyName}`}
        crumbs={[{ label: 'Reviews', href: routes.reviews() }]}
        status={<LiveImportStatus id={view.id} href={routes.apiImportStatus(view.id)} status={view.status} />}
      />
      <ImportReviewDocument
        review={review}
        actions={{ approve: approveImportAction, reject: rejectImportAction, remove: deleteRejectedKeyAction }}
      />
    </DocumentPage>
  )
}
