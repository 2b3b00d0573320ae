import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { ExportLinks } from '@/components/audit/export-links'
import { CopyViewLink } from '@/components/keys/copy-view-link'
import { ToolPage } from '@/components/layout/page-frames'
import { Callers } from '@/components/releases/callers'
import { Completeness } from '@/components/releases/completeness'
import { HistoryFilters } from '@/components/releases/history-filters'
import { HistoryHelp } from '@/components/releases/history-help'
import { historyExportHref, reportHref } from '@/components/releases/history-links'
import { HistoryPages } from '@/components/releases/history-pages'
import { KeptAside } from '@/components/releases/kept-aside'
import { OverTime } from '@/components/releases/over-time'
import { ReadNowButton } from '@/components/releases/read-now-button'
import { ReleaseTable } from '@/components/releases/release-table'
import { StandingAssertion } from '@/components/releases/standing-assertion'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { type HistoryView, historyQuery, historyUrl, parseHistoryUrl } from '@/lib/client/releases/releases-url'
import { closedBecause } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import type { Actor, Context } from '@/lib/server/context'
import { enterPage } from '@/lib/server/page'
import { getLogReading } from '@/lib/server/releases/get-log-reading'
import { listCallers } from '@/lib/server/releases/list-callers'
import { listReleases } from '@/lib/server/releases/list-releases'
import { releasesOverTime } from '@/lib/server/releases/releases-over-time'
import { changesPastDrawbridge, releasesThatShouldNotBe } from '@/lib/server/releases/standing-assertions'
import { readLogsAction } from './actions'

export const metadata: Metadata = { title: 'Releases' }

type ReleasesPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ReleasesPage({ searchParams }: ReleasesPageProps) {
  const { ctx, actor } = await enterPage('releases.read')
  const params = await searchParams
  const view = parseHistoryUrl(params)
  if (Object.values(params).includes('')) redirect(routes.releases(historyUrl(view)))
  const [page, reading, past, wrong, callers] = await Promise.all([
    listReleases(ctx, actor, historyQuery(view)),
    getLogReading(ctx, actor),
    changesPastDrawbridge(ctx, actor),
    releasesThatShouldNotBe(ctx, actor),
    listCallers(ctx, actor),
  ])
  const known = reading.vaults.length > 0 || reading.sources.some(({ readUpTo }) => readUpTo !== null)
  return (
    <ToolPage>
      <PageHeader
        title="Releases"
        lead="Who was released which key, and who was refused, as the vaults’ own logs tell it."
        actions={
          <>
            <LinkButton href={routes.policyLab()}>Policy lab</LinkButton>
            <LinkButton href={reportHref(view)}>Report</LinkButton>
            <ReadNowButton action={readLogsAction} disabledReason={closedBecause(actor.roles, 'releases.read-logs')} />
            <ExportLinks
              hrefFor={(format) => historyExportHref(view, format)}
              closed={closedBecause(actor.roles, 'releases.export')}
            />
          </>
        }
      />
      <StandingAssertion
        title="Releases while disabled or under review"
        none="No version was released while Drawbridge had it disabled, or while its import waited for a review."
        some="A version left its vault while it was disabled here, or before anybody had approved it. A release that names no version may have been of another one."
        standing={wrong}
        known={known}
      />
      <StandingAssertion
        title="Changes to keys that were not done through Drawbridge"
        none="Every change that the logs tell of was done here."
        some="Somebody made, imported, changed, backed up, restored, deleted or purged a key past Drawbridge."
        standing={past}
        known={known}
      />
      <HistoryFilters view={view} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 print:hidden">
        <HistoryHelp />
        <CopyViewLink />
      </div>
      {page.records.length === 0 ? (
        <EmptyState>{emptyWords(known, Object.keys(historyUrl({ ...view, cursor: null })).length > 0)}</EmptyState>
      ) : (
        <div className="flex flex-col gap-2">
          <Suspense fallback={<Skeleton className="h-32 w-full" />}>
            <Picture ctx={ctx} actor={actor} view={view} />
          </Suspense>
          <p className="text-sm">
            {page.evaluated.toLocaleString('en')} of {page.total.toLocaleString('en')} evaluated against a policy.
          </p>
          <ReleaseTable records={page.records} />
          <HistoryPages view={view} page={page} />
        </div>
      )}
      <Callers vaults={callers} />
      <Completeness reading={reading} />
      <KeptAside aside={reading.aside} />
    </ToolPage>
  )
}

type PictureProps = { ctx: Context; actor: Actor; view: HistoryView }

/** The list does not wait for it. */
async function Picture({ ctx, actor, view }: PictureProps) {
  const told = await releasesOverTime(ctx, actor, historyQuery(view))
  return told ? <OverTime told={told} view={view} /> : null
}

function emptyWords(known: boolean, filtered: boolean): string {
  if (!known)
    return 'No vault’s log has been read. An administrator sets DRAWBRIDGE_LOGS_FOLDER, DRAWBRIDGE_LOGS_STORAGE or DRAWBRIDGE_LOGS_WORKSPACE to where the vaults’ diagnostic logs lie.'
  return filtered ? 'No release matches this search and these filters.' : 'The logs tell of no release yet.'
}
