import type { Metadata } from 'next'
import { ToolPage } from '@/components/layout/page-frames'
import { NoticeTable } from '@/components/notices/notice-table'
import { SentNotices } from '@/components/notices/sent-notices'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { closedBecause } from '@/lib/domain/people/permissions'
import { listNotices } from '@/lib/server/notifications/list-notices'
import { enterPage } from '@/lib/server/page'
import { sendTestAction } from './actions'

export const metadata: Metadata = { title: 'Notices' }

export default async function NoticesPage() {
  const { ctx, actor } = await enterPage('notices.read')
  const { open, openTotal, sent, channels } = await listNotices(ctx, actor)
  return (
    <ToolPage>
      <PageHeader
        title="Notices"
        lead="What needs somebody now: reviews and proposals that wait, alarms, expiries within 30 days, vaults that stopped answering."
      />
      <Section id="open" title={`Open (${openTotal})`} lead={leadOf(open.length, openTotal)}>
        {open.length > 0 ? (
          <NoticeTable notices={open} />
        ) : (
          <EmptyState>Nothing needs anybody now. What does is counted in the navigation within a minute.</EmptyState>
        )}
      </Section>
      {sent ? (
        <SentNotices
          sent={sent}
          channels={channels}
          sendTest={sendTestAction}
          closed={closedBecause(actor.roles, 'notifications.test')}
        />
      ) : null}
    </ToolPage>
  )
}

function leadOf(shown: number, total: number): string | undefined {
  return shown < total ? `The ${shown} gravest are listed.` : undefined
}
