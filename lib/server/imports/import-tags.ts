import 'server-only'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { INTENT_TAG } from '../operations/find-own-version'

/** The officer's tags and our four, as both the call and its read-back want them. */
export function tagsOfImport(target: ImportTarget, submittedAt: Date, operationId: string): Record<string, string> {
  return {
    ...target.tags,
    imported: 'true',
    import_date: submittedAt.toISOString(),
    requires_review: 'true',
    [INTENT_TAG]: operationId,
  }
}
