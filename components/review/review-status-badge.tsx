import { IMPORT_STATUSES, type ImportStatus } from '@/lib/domain/imports/status'
import { ImportStatusBadge } from '../import/import-status-badge'
import { Badge } from '../ui/badge'

/** A review's state in the words of imports; a request to enable may also be withdrawn. */
export function ReviewStatusBadge({ status }: { status: string }) {
  const known: ImportStatus | undefined = IMPORT_STATUSES.find((candidate) => candidate === status)
  if (known) return <ImportStatusBadge status={known} />
  return (
    <Badge tone="neutral" shape="cross">
      {status === 'withdrawn' ? 'Withdrawn' : status}
    </Badge>
  )
}
