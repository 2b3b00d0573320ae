import type { Metadata } from 'next'
import { DocumentPage } from '@/components/layout/page-frames'
import { PERMISSION_WORDS } from '@/components/people/permission-words'
import { Banner } from '@/components/ui/banner'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { PERMISSIONS, rolesWith } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { currentActor } from '@/lib/server/auth/current-actor'

export const metadata: Metadata = { title: 'Not allowed' }

type ForbiddenPageProps = { searchParams: Promise<{ needs?: string | string[] }> }

/** Says which role is missing, and who holds the others. Everybody who is signed in may read this. */
export default async function ForbiddenPage({ searchParams }: ForbiddenPageProps) {
  const [actor, { needs }] = await Promise.all([currentActor(), searchParams])
  const permission = PERMISSIONS.find((known) => known === needs)
  const held = actor && actor.roles.length > 0 ? actor.roles.join(', ') : 'none'
  return (
    <DocumentPage>
      <PageHeader title="Your roles do not open this page" />
      <Banner
        tone="information"
        title={
          permission
            ? `${PERMISSION_WORDS[permission]}: needs the role ${rolesWith(permission).join(' or ')}`
            : 'This page needs another role'
        }
      >
        You are signed in as {actor?.name}; your roles: {held}. An administrator gives roles. If you have just been
        given one, it counts from the next page on.
      </Banner>
      <div>
        <LinkButton href={routes.start()}>Go to the start</LinkButton>
      </div>
    </DocumentPage>
  )
}
