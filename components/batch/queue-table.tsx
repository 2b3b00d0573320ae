import { Table, Th } from '../ui/table'
import type { QueueFile } from './queue-file'
import { QueueTableRow } from './queue-table-row'

type QueueTableProps = {
  files: readonly QueueFile[]
  openId: string | null
  onOpen: (id: string | null) => void
  onRemove: (id: string) => void
  /** While they are read or sent nothing is opened or taken out. */
  closed: boolean
}

/** The queue: where each file stands, and what it became. */
export function QueueTable({ files, openId, onOpen, onRemove, closed }: QueueTableProps) {
  return (
    <Table
      label="Queue"
      density="comfortable"
      head={
        <>
          <Th>File</Th>
          <Th>Name in the vault</Th>
          <Th>State</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </>
      }
    >
      {files.map((file) => (
        <QueueTableRow
          key={file.id}
          file={file}
          open={file.id === openId}
          onOpen={onOpen}
          onRemove={onRemove}
          closed={closed}
        />
      ))}
    </Table>
  )
}
