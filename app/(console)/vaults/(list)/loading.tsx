import { ToolPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows, Table, Th } from '@/components/ui/table'

const COLUMNS = ['Name', 'Kind', 'Environment', 'Health', 'Latency', 'Last answer', 'Last error', 'Keys']

export default function VaultsLoading() {
  return (
    <ToolPage>
      <PageHeader title="Vaults" />
      <Table label="Vaults" busy density="comfortable" head={COLUMNS.map((name) => <Th key={name}>{name}</Th>)}>
        <SkeletonRows columns={COLUMNS.length} rows={3} />
      </Table>
    </ToolPage>
  )
}
