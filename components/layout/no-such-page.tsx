'use client'

import { routes } from '@/lib/routes'
import { LinkButton } from '../ui/link-button'
import { PageHeader } from '../ui/page-header'
import { DocumentPage } from './page-frames'

/** Inside the frame, for an address that names nothing. Every page's answer carries it, so it crosses by its name alone. */
export function NoSuchPage() {
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
