import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { AuditFilters } from '@/components/audit/audit-filters'
import { exportHref } from '@/components/audit/audit-links'
import { EventSkeleton } from '@/components/audit/event-skeleton'
import { EventTable } from '@/components/audit/event-table'
import { ExportLinks } from '@/components/audit/export-links'
import { SearchHelp } from '@/components/audit/search-help'
import { CopyViewLink } from '@/components/keys/copy-view-link'
import { rangeWords } from '@/components/keys/range-words'
import { LivePage } from '@/components/layout/live-page'
import { ToolPage } from '@/components/layout/page-frames'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { AUDIT_PAGE_SIZE, type AuditView, auditQuery, auditUrl, parseAuditUrl } from '@/lib/client/audit/audit-url'
import type { AuditPage as AuditEventsPage } from '@/lib/domain/audit/query'
import { closedBecause } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listEvents } from '@/lib/server/audit/list-events'
import { enterPage } from '@/lib/server/page'

export const metadata: Metadata = { title: 'Audit' }

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const { ctx, actor } = await enterPage('audit.read')
  const params = await searchParams
  const view = parseAuditUrl(params)
  if (Object.values(params).includes('')) redirect(routes.audit(auditUrl(view)))
  return (
    <ToolPage>
      <PageHeader
        title="Audit"
        lead="Every intent before it is sent, every outcome after it, and everything else people did here."
        actions={
          <ExportLinks
            hrefFor={(format) => exportHref(view, format)}
            closed={closedBecause(actor.roles, 'audit.export')}
          />
        }
      />
      <AuditFilters view={view} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 print:hidden">
        <SearchHelp />
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <LivePage now={ctx.clock().getTime()} />
          <CopyViewLink />
        </span>
      </div>
      <Suspense fallback={<EventSkeleton />}>
        <Events page={listEvents(ctx, actor, auditQuery(view))} view={view} />
      </Suspense>
    </ToolPage>
  )
}

async function Events({ page: loading, view }: { page: Promise<AuditEventsPage>; view: AuditView }) {
  const page = await loading
  if (page.events.length === 0) {
    return (
      <EmptyState action={<LinkButton href={routes.audit()}>Clear filters</LinkButton>}>
        No event matches this search and these filters.
      </EmptyState>
    )
  }
  return (
    <div>
      <EventTable events={page.events} />
      <Pagination
        page={page.page}
        pageCount={page.pageCount}
        hrefFor={(number) => routes.audit(auditUrl({ ...view, page: number }))}
        summary={rangeWords(page, AUDIT_PAGE_SIZE, 'event', 'events')}
      />
    </div>
  )
}
