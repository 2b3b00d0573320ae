import type { Metadata } from 'next'
import { DocumentPage } from '@/components/layout/page-frames'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFoundPage() {
  return (
    <DocumentPage>
      <PageHeader
        title="There is no such page"
        lead="The address may be mistyped, or what it named is gone. Nothing was changed by looking for it."
      />
      <div className="flex gap-2">
        <LinkButton href={routes.keys()}>Go to the keys</LinkButton>
        <LinkButton href={routes.start()} variant="quiet">
          Go to the start
        </LinkButton>
      </div>
    </DocumentPage>
  )
}
