import type { Metadata } from 'next'
import { ToolPage } from '@/components/layout/page-frames'
import { NewPersonLink } from '@/components/people/new-person-link'
import { PeopleTable } from '@/components/people/people-table'
import { RoleTable } from '@/components/people/role-table'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { closedBecause } from '@/lib/domain/people/permissions'
import { enterPage } from '@/lib/server/page'
import { listPeople } from '@/lib/server/people/list-people'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage() {
  const { ctx, actor } = await enterPage('people.read')
  const people = await listPeople(ctx, actor)
  return (
    <ToolPage>
      <PageHeader
        title="People"
        lead="Nobody decides what they themselves imported or asked for, whatever their roles. New people and other roles are proposed by one administrator and confirmed by another."
        actions={<NewPersonLink closed={closedBecause(actor.roles, 'people.manage')} />}
      />
      <PeopleTable people={people} you={actor.personId} />
      <Section title="What each role may do">
        <RoleTable />
      </Section>
    </ToolPage>
  )
}
