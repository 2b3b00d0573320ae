import { ToolPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows, Table, Th } from '@/components/ui/table'

const COLUMNS = ['Time', 'Event', 'Outcome', 'Who', 'Key']

export default function AuditLoading() {
  return (
    <ToolPage>
      <PageHeader title="Audit" />
      <Table label="Events" busy head={COLUMNS.map((name) => <Th key={name}>{name}</Th>)}>
        <SkeletonRows columns={COLUMNS.length} rows={12} />
      </Table>
    </ToolPage>
  )
}
