'use client'

import { useEffect, useState } from 'react'
import { tokenOf } from '@/lib/client/people/invitation-token'
import type { OpenAction } from '@/lib/domain/actions/action-result'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { LinkButton } from '../ui/link-button'
import { Spinner } from '../ui/spinner'
import { SetPasswordForm } from './set-password-form'

type Invited = { name: string; email: string; expiresAt: string }

type OpenInvitationProps = {
  lookAt: OpenAction<{ token: string }, Invited>
  accept: OpenAction<{ token: string; password: string }, unknown>
}

type Opened =
  | { step: 'looking' }
  | { step: 'refused'; words: string }
  | { step: 'open'; token: string; invited: Invited }
  | { step: 'done'; email: string }

const NO_TOKEN = 'This address holds no invitation. Open the whole link that you were given, once more.'

/** Takes the token out of the address at once, asks whom it is for, and lets them set their password. */
export function OpenInvitation({ lookAt, accept }: OpenInvitationProps) {
  const [opened, setOpened] = useState<Opened>({ step: 'looking' })

  // The token is in the address alone, and only the browser can read it there.
  useEffect(() => {
    const token = tokenOf(window.location.hash)
    if (!token) {
      // React runs effects twice in development: the second time the token is out of the address already.
      setOpened((before) => (before.step === 'looking' ? { step: 'refused', words: NO_TOKEN } : before))
      return
    }
    window.history.replaceState(window.history.state, '', routes.invitation())
    lookAt({ token }).then(
      (answer) =>
        setOpened(
          answer.ok
            ? { step: 'open', token, invited: answer.value }
            : { step: 'refused', words: answer.problem.message },
        ),
      () => setOpened({ step: 'refused', words: 'The console did not answer. Open the link again.' }),
    )
  }, [lookAt])

  if (opened.step === 'looking') return <Spinner />
  if (opened.step === 'refused') return <Banner tone="attention" title={opened.words} />
  if (opened.step === 'done') return <Done email={opened.email} />
  const { token, invited } = opened
  return (
    <SetPasswordForm
      invited={invited}
      accept={(password) => accept({ token, password })}
      onDone={() => setOpened({ step: 'done', email: invited.email })}
    />
  )
}

function Done({ email }: { email: string }) {
  return (
    <div className="flex flex-col gap-5" role="status">
      <Banner tone="good" title="Your password is set.">
        The invitation is used. Sign in as {email}.
      </Banner>
      <div>
        <LinkButton href={routes.signIn()} variant="primary">
          Sign in
        </LinkButton>
      </div>
    </div>
  )
}
