import type { KekImportRow } from '@/lib/domain/keks/views'
import { routes } from '@/lib/routes'
import { ImportStatusBadge } from '../import/import-status-badge'
import { DateTime } from '../ui/date-time'
import { KeyId } from '../ui/key-id'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'

const HEAD = (
  <>
    <Th>Reference</Th>
    <Th>Key</Th>
    <Th>State</Th>
    <Th>File’s SHA-256</Th>
    <Th>Submitted</Th>
    <Th>By</Th>
  </>
)

/** Every blob that ever named this KEK. */
export function KekImports({ imports, linked }: { imports: readonly KekImportRow[]; linked: boolean }) {
  if (imports.length === 0) return <p className="text-sm text-text-muted">No blob has named this KEK yet.</p>
  return (
    <Table label="Imports under this KEK" head={HEAD}>
      {imports.map((row) => (
        <Row key={row.id}>
          <RowHeader>
            {linked ? <TextLink href={routes.import(row.id)}>{row.reference}</TextLink> : row.reference}
          </RowHeader>
          <Td mono>{row.keyName}</Td>
          <Td>
            <ImportStatusBadge status={row.status} />
          </Td>
          <Td>
            <KeyId value={row.fileSha256} label="Copy the file’s SHA-256" length={19} />
          </Td>
          <Td>
            <DateTime value={row.submittedAt} />
          </Td>
          <Td>{row.importerName}</Td>
        </Row>
      ))}
    </Table>
  )
}
