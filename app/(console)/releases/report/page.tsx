import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { ReportDocument } from '@/components/release-report/report-document'
import { ReportForm } from '@/components/release-report/report-form'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { PrintButton } from '@/components/ui/print-button'
import { parseReportUrl } from '@/lib/client/releases/report-url'
import { readReportRequest } from '@/lib/domain/releases/history/report-request'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'
import { listReportVaults, makeReport } from '@/lib/server/releases/report/make-report'

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const metadata: Metadata = { title: 'Release report' }

const CRUMBS = [{ label: 'Releases', href: routes.releases() }]

export default async function ReleaseReportPage({ searchParams }: PageProps) {
  const { ctx, actor } = await enterPage('releases.read')
  const params = await searchParams
  const asked = readReportRequest(parseReportUrl(params), ctx.clock())
  if (asked.kind === 'form') {
    const vaults = await listReportVaults(ctx, actor)
    const isSent = 'vault' in params // a link leaves out what it does not know, the form never
    return (
      <DocumentPage>
        <PageHeader
          title="Release report"
          crumbs={CRUMBS}
          lead="Who was released one key in one period, by which policy, and how complete that answer is: to print, for an auditor."
        />
        <ReportForm vaults={vaults} fields={asked.fields} problems={isSent ? asked.problems : {}} />
      </DocumentPage>
    )
  }
  const report = await makeReport(ctx, actor, asked.request)
  if (!report) notFound()
  const { from, to, key } = asked.request
  return (
    <DocumentPage>
      <PageHeader
        title={`Releases of ${key}`}
        crumbs={CRUMBS}
        lead={`In ${report.vaultName}, from ${from} to ${to}, whole days in UTC.`}
        actions={
          <>
            <LinkButton href={routes.releaseReport({ from, to })}>Another key or period</LinkButton>
            <PrintButton>Print the report</PrintButton>
          </>
        }
      />
      <ReportDocument report={report} />
    </DocumentPage>
  )
}
