import type { Actor, Context } from '@/lib/server/context'
import { approveImport } from '@/lib/server/reviews/approve-import'
import { getImportReview } from '@/lib/server/reviews/get-import-review'

/** An officer opens the review, gives a value from the ceremony record, and approves what the page showed. */
export async function approve(ctx: Context, officer: Actor, importId: string, value: string) {
  const review = await getImportReview(ctx, officer, importId)
  if (!review?.frozenSha256) throw new Error('no review to decide')
  return approveImport(ctx, officer, {
    importId,
    revision: review.import.revision,
    frozenSha256: review.frozenSha256,
    reason: 'Read from the ceremony record',
    expected: { text: value },
  })
}
