import { SkeletonRows, Table, Th } from '../ui/table'

const COLUMNS = ['Name', 'Vault', 'Type and size', 'Protection', 'State', 'Origin', 'Expires', 'Updated', 'Id']

/** The inventory while it is being read: the same columns, nothing in them. */
export function InventorySkeleton() {
  return (
    <Table label="Keys" busy head={COLUMNS.map((name) => <Th key={name}>{name}</Th>)}>
      <SkeletonRows columns={COLUMNS.length} rows={12} />
    </Table>
  )
}
