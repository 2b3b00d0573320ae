import { CANNOT_DECIDE_WORDS } from '@/lib/domain/reviews/may-decide'
import type { ReviewRow } from '@/lib/domain/reviews/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'

/** The reviews that wait, oldest first, and which of them this person may decide. */
export function WaitingList({ reviews }: { reviews: readonly ReviewRow[] }) {
  return (
    <Table
      label="Waiting for a second officer"
      head={
        <>
          <Th>Key</Th>
          <Th>Vault</Th>
          <Th>Asked by</Th>
          <Th>Since</Th>
          <Th>You</Th>
        </>
      }
    >
      {reviews.map((review) => (
        <Row key={review.id}>
          <RowHeader>
            <TextLink href={routes.reviewOf(review)}>{review.keyName}</TextLink>
            <span className="block font-normal text-text-muted text-xs">{review.reference}</span>
          </RowHeader>
          <Td>{review.vaultName}</Td>
          <Td>{review.askedByName}</Td>
          <Td>
            <DateTime value={review.askedAt} />
          </Td>
          <Td wrap>
            {review.cannotDecide ? (
              <span className="text-text-muted">{CANNOT_DECIDE_WORDS[review.cannotDecide]}</span>
            ) : (
              'may decide it'
            )}
          </Td>
        </Row>
      ))}
    </Table>
  )
}
