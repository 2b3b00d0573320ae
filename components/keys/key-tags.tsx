import { Row, RowHeader, Table, Td, Th } from '../ui/table'

export function KeyTags({ tags }: { tags: Readonly<Record<string, string>> }) {
  const entries = Object.entries(tags)
  if (entries.length === 0) return <p className="text-sm text-text-muted">This version carries no tags.</p>
  return (
    <Table
      label="Tags"
      head={
        <>
          <Th>Tag</Th>
          <Th>Value</Th>
        </>
      }
    >
      {entries.map(([name, value]) => (
        <Row key={name}>
          <RowHeader>
            <code className="break-all font-mono font-normal">{name}</code>
          </RowHeader>
          <Td wrap>
            <code className="break-all font-mono">{value}</code>
          </Td>
        </Row>
      ))}
    </Table>
  )
}
