import type { Metadata } from 'next'
import { ToolPage } from '@/components/layout/page-frames'
import { PolicyLab } from '@/components/policy-lab/policy-lab'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { enterPage } from '@/lib/server/page'

export const metadata: Metadata = { title: 'Policy lab' }

export default async function PolicyLabPage() {
  await enterPage('releases.read')
  return (
    <ToolPage>
      <PageHeader
        title="Policy lab"
        crumbs={[{ label: 'Releases', href: routes.releases() }]}
        lead="Write a release policy, and try it on attestation tokens. It all happens in this tab: nothing is sent, and no key’s policy changes."
      />
      <PolicyLab />
    </ToolPage>
  )
}
