'use client'

import { useActionState } from 'react'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { SubmitButton } from '../ui/submit-button'
import { TextInput } from '../ui/text-input'
import { type SignInAnswer, signInWithPassword } from './post-to-next-auth'

const WORDS = {
  refused:
    'E-mail and password do not belong together. Check both, then try again; after many attempts, wait some minutes first.',
  unavailable: 'Signing in is not possible at the moment. Try again shortly; nothing is wrong with your password.',
} as const satisfies Record<Exclude<SignInAnswer, 'signed-in'>, string>

interface FormState {
  email: string
  problem: keyof typeof WORDS | null
}

type SignInFormProps = {
  /** A path of this console. */
  destination: string
  /** Stands below the identity provider's button, which is the page's first. */
  quiet?: boolean
}

/** The password goes from its field into the request, and is kept nowhere. */
export function SignInForm({ destination, quiet = false }: SignInFormProps) {
  const [state, submit, busy] = useActionState(
    async (_before: FormState, form: FormData): Promise<FormState> => {
      const email = String(form.get('email'))
      const answer = await signInWithPassword(email, String(form.get('password')))
      if (answer !== 'signed-in') return { email, problem: answer }
      window.location.assign(destination)
      return { email, problem: null }
    },
    { email: '', problem: null },
  )
  return (
    <form action={submit} className="flex flex-col gap-5">
      <ErrorSummary errors={state.problem ? [{ message: WORDS[state.problem], fieldId: 'email' }] : []} />
      <Field id="email" label="E-mail">
        {(control) => (
          <TextInput
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            required
            maxLength={320}
            defaultValue={state.email}
          />
        )}
      </Field>
      <Field id="password" label="Password">
        {(control) => (
          <TextInput
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            maxLength={256}
          />
        )}
      </Field>
      <SubmitButton busy={busy} variant={quiet ? 'secondary' : 'primary'}>
        Sign in
      </SubmitButton>
    </form>
  )
}
