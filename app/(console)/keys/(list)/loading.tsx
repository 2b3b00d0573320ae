import { InventorySkeleton } from '@/components/keys/inventory-skeleton'
import { ToolPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'

export default function KeysLoading() {
  return (
    <ToolPage>
      <PageHeader title="Keys" />
      <InventorySkeleton />
    </ToolPage>
  )
}
