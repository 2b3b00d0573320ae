import { SkeletonRows, Table, Th } from '../ui/table'

const COLUMNS = ['Time', 'Event', 'Outcome', 'Who', 'Key']

/** The log while it is being read: the same columns, nothing in them. */
export function EventSkeleton() {
  return (
    <Table label="Events" busy head={COLUMNS.map((name) => <Th key={name}>{name}</Th>)}>
      <SkeletonRows columns={COLUMNS.length} rows={12} />
    </Table>
  )
}
