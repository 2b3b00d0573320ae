import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignInFrame } from '@/components/layout/sign-in-frame'
import { TellOutcome } from '@/components/step-up/tell-outcome'
import { OIDC_REFUSAL_WORDS } from '@/lib/domain/people/oidc-refusal'
import { routes } from '@/lib/routes'
import { env } from '@/lib/server/env'
import { noticeCookie } from '@/lib/server/oidc/notice'

export const metadata: Metadata = { title: 'Confirming that it is you' }

const CONFIRMED = {
  title: 'Confirmed',
  text: 'The page that asked goes on by itself. If this window stays open, close it.',
}

/** Shown in the window that went to the identity provider for a fresh sign-in. */
export default async function StepUpOutcomePage() {
  const notice = await noticeCookie.open((await cookies()).get(noticeCookie.setting().name)?.value)
  if (notice?.kind !== 'step-up') redirect(routes.start())
  const { title, text } = notice.code ? OIDC_REFUSAL_WORDS[notice.code] : CONFIRMED
  return (
    <SignInFrame place={env().localInstallation ? 'local' : 'production'} title={title}>
      <p>{text}</p>
      {notice.stepUpId ? <TellOutcome stepUpId={notice.stepUpId} refusal={notice.code ? title : null} /> : null}
    </SignInFrame>
  )
}
