import type { Metadata } from 'next'
import { DocumentPage } from '@/components/layout/page-frames'
import { NewPersonForm } from '@/components/people/new-person-form'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/lib/routes'
import { env } from '@/lib/server/env'
import { enterPage } from '@/lib/server/page'
import { listIssuers } from '@/lib/server/people/list-issuers'
import { proposePersonAction } from '../actions'

export const metadata: Metadata = { title: 'Propose a person' }

export default async function NewPersonPage() {
  const { actor } = await enterPage('people.manage')
  return (
    <DocumentPage>
      <PageHeader
        title="Propose a person"
        crumbs={[{ label: 'People', href: routes.people() }]}
        lead="Nothing is made yet: another administrator confirms it first."
      />
      <NewPersonForm action={proposePersonAction} issuers={listIssuers(actor, env())} />
    </DocumentPage>
  )
}
