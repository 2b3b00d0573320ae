import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '@/components/layout/page-frames'
import { ReleaseForm } from '@/components/releases/release-form'
import { Banner } from '@/components/ui/banner'
import { DateTime } from '@/components/ui/date-time'
import { PageHeader } from '@/components/ui/page-header'
import { KEY_NAME_PATTERN, KEY_VERSION_PATTERN } from '@/lib/domain/keys/key-id'
import { routes } from '@/lib/routes'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { getReleaseForm } from '@/lib/server/releases/made/get-release-form'
import { performReleaseAction } from '../../../../releases/actions'

type ReleaseKeyPageProps = {
  params: Promise<{ connection: string; name: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

export const metadata: Metadata = { title: 'Release a key' }

export default async function ReleaseKeyPage({ params, searchParams }: ReleaseKeyPageProps) {
  const { ctx, actor } = await enterPage('releases.perform')
  const { connection: connectionId, name } = await params
  const { version } = await searchParams
  if (!isUuid(connectionId) || !KEY_NAME_PATTERN.test(name)) notFound()
  if (typeof version !== 'string' || !KEY_VERSION_PATTERN.test(version)) notFound()
  const view = await getReleaseForm(ctx, actor, { connectionId, name, version })
  if (!view) notFound()
  return (
    <DocumentPage>
      <PageHeader
        title={`Release ${name}`}
        crumbs={[
          { label: 'Keys', href: routes.keys() },
          { label: view.vaultName, href: routes.keys({ vault: connectionId }) },
          { label: name, href: routes.key(connectionId, name, version) },
        ]}
        lead={
          <>
            Version <code className="break-all font-mono text-sm">{version}</code> of {view.vaultName}, to the
            environment of an attestation token: the proof that its release policy works.
          </>
        }
      />
      {view.state === 'closed' ? (
        <Banner tone="attention" title="This version can not be released.">
          {view.because}
        </Banner>
      ) : (
        <>
          <p className="text-sm text-text-muted">
            Policy read from the vault <DateTime value={view.readAt} relative="inline" withSeconds />.
          </p>
          <ReleaseForm target={{ connectionId, name, version }} policy={view.policy} action={performReleaseAction} />
        </>
      )}
    </DocumentPage>
  )
}
