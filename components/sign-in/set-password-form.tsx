'use client'

import { useActionState } from 'react'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import { PASSWORD_SHORTEST, PASSWORD_WORDS, passwordProblem } from '@/lib/domain/people/password-rules'
import { DateTime } from '../ui/date-time'
import { ErrorSummary, type SummaryError } from '../ui/error-summary'
import { Field } from '../ui/field'
import { SubmitButton } from '../ui/submit-button'
import { TextInput } from '../ui/text-input'

type SetPasswordFormProps = {
  invited: { name: string; email: string; expiresAt: string }
  accept: (password: string) => Promise<ActionResult<unknown>>
  onDone: () => void
}

const LOST = 'The console did not answer. Try again; if the password was set, the invitation will say that it is used.'

/** The passwords go from their fields into the request, and are kept nowhere. */
export function SetPasswordForm({ invited, accept, onDone }: SetPasswordFormProps) {
  const [errors, submit, busy] = useActionState(async (_before: SummaryError[], form: FormData) => {
    const password = String(form.get('password'))
    const wrong = problemsOf(password, String(form.get('again')), invited)
    if (wrong.length > 0) return wrong
    const answer = await accept(password).catch(() => null)
    if (answer?.ok) onDone()
    return answer?.ok ? [] : [wordsOf(answer)]
  }, [])
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message
  return (
    <form action={submit} className="flex flex-col gap-5" noValidate>
      <p className="text-sm">
        For <strong className="font-semibold">{invited.name}</strong>, valid until{' '}
        <DateTime value={invited.expiresAt} relative="none" />. If this is not you, close the page and tell whoever gave
        you the link.
      </p>
      <ErrorSummary errors={errors} />
      <Field id="email" label="E-mail" hint="What you sign in with.">
        {(control) => (
          <TextInput {...control} type="email" name="email" autoComplete="username" readOnly value={invited.email} />
        )}
      </Field>
      <Field
        id="password"
        label="Password"
        hint={`At least ${PASSWORD_SHORTEST} characters. A few unrelated words make a good one; nobody else will know it.`}
        error={errorOf('password')}
      >
        {(control) => <TextInput {...control} type="password" name="password" autoComplete="new-password" />}
      </Field>
      <Field id="again" label="The same again" error={errorOf('again')}>
        {(control) => <TextInput {...control} type="password" name="again" autoComplete="new-password" />}
      </Field>
      <SubmitButton busy={busy}>Set this password</SubmitButton>
    </form>
  )
}

function problemsOf(password: string, again: string, owner: { name: string; email: string }): SummaryError[] {
  const problem = passwordProblem(password, owner)
  if (problem) return [{ fieldId: 'password', message: PASSWORD_WORDS[problem] }]
  return password === again ? [] : [{ fieldId: 'again', message: 'The two are not the same. Type them once more.' }]
}

function wordsOf(answer: ActionResult<unknown> | null): SummaryError {
  if (!answer || answer.ok) return { message: LOST }
  const { message, fields } = answer.problem
  return fields?.password ? { fieldId: 'password', message: fields.password } : { message }
}
