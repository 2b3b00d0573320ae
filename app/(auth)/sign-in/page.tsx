import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInFrame } from '@/components/layout/sign-in-frame'
import { ProviderSignIn } from '@/components/sign-in/provider-sign-in'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { WherePasswordsAre } from '@/components/sign-in/where-passwords-are'
import { routes } from '@/lib/routes'
import { currentActor, owingActor } from '@/lib/server/auth/current-actor'
import { sameOriginPath } from '@/lib/server/auth/same-origin-path'
import { env } from '@/lib/server/env'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams
  const asked = sameOriginPath(typeof next === 'string' ? next : undefined)
  const destination = asked ?? routes.start()
  if (await currentActor()) redirect(destination)
  if (await owingActor()) redirect(routes.secondFactor(asked))
  const { localInstallation, localSignIn, oidc } = env()
  return (
    <SignInFrame
      place={localInstallation ? 'local' : 'production'}
      title="Sign in"
      footer={localInstallation && localSignIn ? <WherePasswordsAre path={localInstallation} /> : undefined}
    >
      {oidc ? <ProviderSignIn name={oidc.name} destination={destination} /> : null}
      {oidc && localSignIn ? (
        <h2 className="border-t pt-5 font-medium text-sm text-text-muted">Or with a password of this installation</h2>
      ) : null}
      {localSignIn ? <SignInForm destination={destination} quiet={oidc !== undefined} /> : null}
    </SignInFrame>
  )
}
