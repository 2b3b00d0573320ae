import type { InventoryRow } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { KekBadge } from '../keys/key-state-badge'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'

/** Keys whose expiry is near: the surprise one wants to have early. */
export function ExpiringList({ rows }: { rows: readonly InventoryRow[] }) {
  return (
    <Table
      label="Keys that expire soon"
      head={
        <>
          <Th>Key</Th>
          <Th>Vault</Th>
          <Th>Expires</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Row key={row.id}>
          <RowHeader>
            <span className="flex items-center gap-1.5">
              <TextLink href={routes.key(row.connectionId, row.name)}>{row.name}</TextLink>
              {row.isKek ? <KekBadge /> : null}
            </span>
          </RowHeader>
          <Td>{row.vaultName}</Td>
          <Td>{row.expiresAt ? <DateTime value={row.expiresAt} /> : null}</Td>
        </Row>
      ))}
    </Table>
  )
}
