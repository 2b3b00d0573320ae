import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { MadeReleaseDocument } from '@/components/releases/made-release-document'
import { VerdictBadge } from '@/components/releases/verdict-badge'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { getMadeRelease } from '@/lib/server/releases/made/get-made-release'

export const metadata: Metadata = { title: 'Release from this console' }

export default async function MadeReleasePage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, actor } = await enterPage('releases.read')
  const { id } = await params
  const made = isUuid(id) ? await getMadeRelease(ctx, actor, id) : null
  if (!made) notFound()
  const { connectionId, vaultName, keyName, keyVersion, agreement } = made
  return (
    <DocumentPage>
      <PageHeader
        title={`Release of ${keyName}`}
        crumbs={[
          { label: 'Releases', href: routes.releases() },
          { label: vaultName, href: routes.keys({ vault: connectionId }) },
          { label: keyName, href: routes.key(connectionId, keyName, keyVersion) },
        ]}
        status={agreement ? <VerdictBadge verdict={agreement} /> : null}
      />
      <MadeReleaseDocument made={made} />
    </DocumentPage>
  )
}
