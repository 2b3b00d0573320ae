import type { Metadata } from 'next'
import { ChangePassword } from '@/components/account/change-password'
import { Duties } from '@/components/account/duties'
import { EndOtherSessions } from '@/components/account/end-other-sessions'
import { Passkeys } from '@/components/account/passkeys'
import { SessionList } from '@/components/account/session-list'
import { DocumentPage } from '@/components/layout/page-frames'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { hasPermission } from '@/lib/domain/people/permissions'
import { listSessions } from '@/lib/server/auth/list-sessions'
import type { Actor, Context } from '@/lib/server/context'
import { readDuties } from '@/lib/server/duties/read-duties'
import { env } from '@/lib/server/env'
import { enterPage } from '@/lib/server/page'
import { listPasskeys } from '@/lib/server/passkeys/list-passkeys'
import {
  changePasswordAction,
  endOtherSessionsAction,
  endSessionAction,
  keepPasskey,
  registerPasskey,
  removePasskey,
} from './actions'
import { acknowledgeDutiesAction } from './duties-actions'

export const metadata: Metadata = { title: 'Your account' }

const PASSKEY_ACTIONS = { register: registerPasskey, keep: keepPasskey, remove: removePasskey }

export default async function AccountPage() {
  const { ctx, actor } = await enterPage('account.manage')
  return (
    <DocumentPage>
      <PageHeader title="Your account" lead={`${actor.name}, ${actor.email}: ${actor.roles.join(', ')}.`} />
      <Passkeys {...(await listPasskeys(ctx, actor, env().passkeys))} actions={PASSKEY_ACTIONS} />
      {actor.issuer === 'local' ? <ChangePassword person={personOf(actor)} change={changePasswordAction} /> : null}
      <Sessions ctx={ctx} actor={actor} />
      {hasPermission(actor.roles, 'duties.acknowledge') ? (
        <Duties duties={await readDuties(ctx, actor)} acknowledge={acknowledgeDutiesAction} />
      ) : null}
    </DocumentPage>
  )
}

const personOf = ({ name, email }: Actor) => ({ name, email })

async function Sessions({ ctx, actor }: { ctx: Context; actor: Actor }) {
  const listed = await listSessions(ctx, actor, actor.personId)
  const sessions = listed.ok ? listed.value : []
  return (
    <Section
      id="sessions"
      title="Sessions"
      lead="Where you are signed in now. A session ends after 15 minutes in which nobody touches it, and after eight hours whatever is done."
      actions={
        <EndOtherSessions end={endOtherSessionsAction} others={sessions.filter(({ current }) => !current).length} />
      }
    >
      <SessionList label="Your sessions" sessions={sessions} end={endSessionAction} />
    </Section>
  )
}
