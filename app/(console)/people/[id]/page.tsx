import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SessionList } from '@/components/account/session-list'
import { DocumentPage } from '@/components/layout/page-frames'
import { AccountActs } from '@/components/people/account-acts'
import { AccountBadge } from '@/components/people/account-badge'
import { ChangeRoles } from '@/components/people/change-roles'
import { PersonFacts } from '@/components/people/person-facts'
import { WaitingAbout } from '@/components/people/waiting-about'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { hasPermission } from '@/lib/domain/people/permissions'
import { personClosings } from '@/lib/domain/people/person-closings'
import { routes } from '@/lib/routes'
import { listSessions } from '@/lib/server/auth/list-sessions'
import type { Actor, Context } from '@/lib/server/context'
import { isUuid } from '@/lib/server/is-uuid'
import { enterPage } from '@/lib/server/page'
import { getPerson } from '@/lib/server/people/get-person'
import { endSessionAction } from '../../account/actions'
import {
  disablePersonAction,
  proposeEnableAction,
  proposeInvitationAction,
  proposePasskeyResetAction,
  proposeRolesAction,
} from '../actions'

export const metadata: Metadata = { title: 'Person' }

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, actor } = await enterPage('people.read')
  const { id } = await params
  const person = isUuid(id) ? await getPerson(ctx, actor, id) : null
  if (!person) notFound()
  const closed = personClosings({ id: actor.personId, roles: actor.roles }, person)
  const leavesOneAdministrator = person.roles.includes('administrator') && person.otherAdministrators < 2
  return (
    <DocumentPage>
      <PageHeader
        title={person.name}
        crumbs={[{ label: 'People', href: routes.people() }]}
        status={<AccountBadge state={person.state} />}
      />
      <WaitingAbout waiting={person.waiting} />
      <Section id="account" title="Account">
        <PersonFacts person={person} />
        <AccountActs
          person={{ id, name: person.name, closed: person.state === 'closed', leavesOneAdministrator }}
          actions={{
            disable: disablePersonAction,
            enable: proposeEnableAction,
            invite: proposeInvitationAction,
            resetPasskeys: proposePasskeyResetAction,
          }}
          closed={closed}
        />
      </Section>
      <Sessions ctx={ctx} actor={actor} personId={id} />
      <Section id="roles" title="Other roles" lead="Another administrator confirms them; until then nothing changes.">
        <ChangeRoles
          person={{ id, name: person.name, roles: person.roles }}
          closed={closed.roles}
          action={proposeRolesAction}
        />
      </Section>
    </DocumentPage>
  )
}

/** Only for who may end them: nobody else is told from where somebody works. */
async function Sessions({ ctx, actor, personId }: { ctx: Context; actor: Actor; personId: string }) {
  if (!hasPermission(actor.roles, 'sessions.manage')) return null
  const listed = await listSessions(ctx, actor, personId)
  return (
    <Section
      id="sessions"
      title="Sessions"
      lead="Where this account is signed in now. An ended session is nobody’s on its next request."
    >
      <SessionList label="Sessions of this person" sessions={listed.ok ? listed.value : []} end={endSessionAction} />
    </Section>
  )
}
