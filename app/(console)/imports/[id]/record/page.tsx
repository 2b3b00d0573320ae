import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CeremonyRecordDocument } from '@/components/import/ceremony-record'
import { DocumentPage } from '@/components/layout/page-frames'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { PrintButton } from '@/components/ui/print-button'
import { routes } from '@/lib/routes'
import { getCeremonyRecord } from '@/lib/server/imports/get-ceremony-record'
import { enterPage } from '@/lib/server/page'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Ceremony record' }

export default async function CeremonyRecordPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('imports.read')
  const record = await getCeremonyRecord(ctx, actor, id)
  if (!record) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Ceremony record ${record.reference}`}
        crumbs={[{ label: `Import ${record.reference}`, href: routes.import(id) }]}
        actions={
          <>
            <LinkButton href={routes.ceremonyRecordJson(id)} download>
              Download as JSON
            </LinkButton>
            <PrintButton>Print the record</PrintButton>
          </>
        }
      />
      <CeremonyRecordDocument record={record} />
    </DocumentPage>
  )
}
