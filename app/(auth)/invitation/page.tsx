import type { Metadata } from 'next'
import { connection } from 'next/server'
import { SignInFrame } from '@/components/layout/sign-in-frame'
import { OpenInvitation } from '@/components/sign-in/open-invitation'
import { env } from '@/lib/server/env'
import { acceptInvitation, lookAtInvitation } from './actions'

export const metadata: Metadata = { title: 'Your invitation' }

/** For anybody: what it shows depends on the token behind `#`, which only the browser knows. */
export default async function InvitationPage() {
  await connection() // where this console stands is known when it runs, not when it is built
  return (
    <SignInFrame place={env().localInstallation ? 'local' : 'production'} title="Your invitation">
      <OpenInvitation lookAt={lookAtInvitation} accept={acceptInvitation} />
    </SignInFrame>
  )
}
