import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ImportFacts } from '@/components/import/import-facts'
import { LiveImportStatus } from '@/components/import/live-import-status'
import { OutboundLedger } from '@/components/import/outbound-ledger'
import { PageAddress } from '@/components/import/page-address'
import { WhatHappensNext } from '@/components/import/what-happens-next'
import { DocumentPage } from '@/components/layout/page-frames'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { getImport } from '@/lib/server/imports/get-import'
import { enterPage } from '@/lib/server/page'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('imports.read')
  const view = await getImport(ctx, actor, id)
  if (!view) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Import ${view.reference}`}
        status={<LiveImportStatus id={view.id} href={routes.apiImportStatus(view.id)} status={view.status} />}
        lead="Note the reference number: the ceremony record, the review and the audit log all carry it."
      />
      <WhatHappensNext view={view} />
      <Section id="facts" title="What was submitted">
        <ImportFacts view={view} />
      </Section>
      <Section
        id="record"
        title="Ceremony record"
        lead="Participants, file, KEK, key, preflight, the vault’s answers with their request ids, comparison and decision. It grows until the import is decided."
      >
        <div className="flex flex-wrap gap-2">
          <LinkButton href={routes.ceremonyRecordJson(view.id)} download>
            Download as JSON
          </LinkButton>
          <LinkButton href={routes.ceremonyRecord(view.id)}>Printable page</LinkButton>
          {hasPermission(actor.roles, 'reviews.read') ? (
            <LinkButton href={routes.review(view.id)}>Review</LinkButton>
          ) : null}
        </div>
        <OutboundLedger />
      </Section>
      <Section id="address" title="Come back to this page">
        <PageAddress path={routes.import(view.id)} />
      </Section>
    </DocumentPage>
  )
}
