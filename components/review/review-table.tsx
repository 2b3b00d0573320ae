import { approvedWords } from '@/lib/domain/reviews/approval-policy'
import { CANNOT_DECIDE_WORDS } from '@/lib/domain/reviews/may-decide'
import type { ReviewRow } from '@/lib/domain/reviews/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { PolicyReviewStatus } from './policy-review-status'
import { ReviewStatusBadge } from './review-status-badge'

const KIND_WORDS = { import: 'Import', enable: 'Enable', policy: 'Release policy' } as const satisfies Record<
  ReviewRow['kind'],
  string
>

type ReviewTableProps = {
  label: string
  rows: readonly ReviewRow[] /** Says whether the reader may decide. */
  open: boolean
}

export function ReviewTable({ label, rows, open }: ReviewTableProps) {
  return (
    <Table label={label} head={head(open)} density="comfortable">
      {rows.map((row) => (
        <Row key={row.id}>
          <RowHeader>
            <TextLink href={routes.reviewOf(row)}>{row.reference}</TextLink>
            <span className="block font-normal text-text-muted text-xs">{KIND_WORDS[row.kind]}</span>
          </RowHeader>
          <Td mono>{row.keyName}</Td>
          <Td>
            {row.vaultName}
            <span className="block text-text-muted text-xs">{row.environment}</span>
          </Td>
          <Td>
            {row.kind === 'policy' ? (
              <PolicyReviewStatus status={row.status} />
            ) : (
              <ReviewStatusBadge status={row.status} />
            )}
            {row.approvals && row.approvals.required > 1 ? (
              <span className="block pt-1 text-text-muted text-xs">
                {approvedWords(row.approvals.given, row.approvals.required)}
              </span>
            ) : null}
          </Td>
          <Td>
            {row.askedByName}
            <span className="block text-text-muted text-xs">
              <DateTime value={row.askedAt} relative="none" />
            </span>
          </Td>
          {open ? (
            <Td wrap>
              {row.cannotDecide ? (
                <span className="text-text-muted">{CANNOT_DECIDE_WORDS[row.cannotDecide]}</span>
              ) : row.approvals?.mine ? (
                <span className="text-text-muted">You have approved it; it waits for another officer.</span>
              ) : (
                'You may decide it.'
              )}
            </Td>
          ) : null}
        </Row>
      ))}
    </Table>
  )
}

function head(open: boolean) {
  return (
    <>
      <Th>Reference</Th>
      <Th>Key</Th>
      <Th>Vault</Th>
      <Th>State</Th>
      <Th>Asked by</Th>
      {open ? <Th>You</Th> : null}
    </>
  )
}
