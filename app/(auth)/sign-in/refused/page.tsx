import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignInFrame } from '@/components/layout/sign-in-frame'
import { WhoTheProviderNamed } from '@/components/sign-in/who-the-provider-named'
import { TextLink } from '@/components/ui/text-link'
import { OIDC_REFUSAL_WORDS } from '@/lib/domain/people/oidc-refusal'
import { routes } from '@/lib/routes'
import { env } from '@/lib/server/env'
import { noticeCookie } from '@/lib/server/oidc/notice'

export const metadata: Metadata = { title: 'Error: not signed in' }

/** Why the identity provider's sign-in came to nothing, and what to do. */
export default async function SignInRefusedPage() {
  const notice = await noticeCookie.open((await cookies()).get(noticeCookie.setting().name)?.value)
  if (notice?.kind !== 'sign-in') redirect(routes.signIn())
  const { title, text } = OIDC_REFUSAL_WORDS[notice.code]
  return (
    <SignInFrame place={env().localInstallation ? 'local' : 'production'} title={title}>
      <p>{text}</p>
      {notice.who ? <WhoTheProviderNamed {...notice.who} /> : null}
      <p>
        <TextLink href={routes.signIn()}>Back to sign-in</TextLink>
      </p>
    </SignInFrame>
  )
}
