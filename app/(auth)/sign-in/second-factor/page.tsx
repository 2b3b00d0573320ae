import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInFrame } from '@/components/layout/sign-in-frame'
import { SecondFactor } from '@/components/sign-in/second-factor'
import { routes } from '@/lib/routes'
import { currentActor, owingActor } from '@/lib/server/auth/current-actor'
import { sameOriginPath } from '@/lib/server/auth/same-origin-path'
import { env } from '@/lib/server/env'
import { unavailableHere } from '@/lib/server/passkeys/relying-party'
import { beginSecondFactor, passSecondFactor } from './actions'

export const metadata: Metadata = { title: 'Use your passkey' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

/** The one page that a session opens while it still owes its passkey. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { next } = await searchParams
  const destination = sameOriginPath(typeof next === 'string' ? next : undefined)
  if (await currentActor()) redirect(destination ?? routes.start())
  const actor = await owingActor()
  if (!actor) redirect(routes.signIn(destination))
  const { localInstallation, passkeys } = env()
  return (
    <SignInFrame place={localInstallation ? 'local' : 'production'} title="Use your passkey">
      <SecondFactor
        name={actor.name}
        destination={destination ?? routes.start()}
        unavailable={unavailableHere(passkeys)}
        begin={beginSecondFactor}
        pass={passSecondFactor}
      />
    </SignInFrame>
  )
}
