import { Skeleton } from '../ui/skeleton'
import { Row, Table, Td, Th } from '../ui/table'

const COLUMNS = [
  { name: 'Name', width: 'w-44' },
  { name: 'Vault', width: 'w-24' },
  { name: 'Type and size', width: 'w-24' },
  { name: 'Protection', width: 'w-20' },
  { name: 'State', width: 'w-28' },
  { name: 'Origin', width: 'w-16' },
  { name: 'Expires', width: 'w-36' },
  { name: 'Updated', width: 'w-36' },
] as const
const ROWS = Array.from({ length: 12 }, (_, index) => `row-${index}`)

/** The inventory while it is being read: columns as wide as they will be, nothing in them. */
export function InventorySkeleton() {
  return (
    <div className="[&_td]:px-1.5 [&_th]:px-1.5">
      <Table label="Keys" busy head={COLUMNS.map(({ name }) => <Th key={name}>{name}</Th>)}>
        {ROWS.map((row) => (
          <Row key={row}>
            {COLUMNS.map(({ name, width }) => (
              <Td key={name}>
                <Skeleton className={`my-0.5 h-4 ${width}`} />
              </Td>
            ))}
          </Row>
        ))}
      </Table>
    </div>
  )
}
