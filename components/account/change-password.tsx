'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { PASSWORD_SHORTEST, PASSWORD_WORDS, passwordProblem } from '@/lib/domain/people/password-rules'
import { err, ok, type Result } from '@/lib/domain/result'
import { ActForm, type FieldProblems } from '../form/act-form'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { LiveRegion } from '../ui/live-region'
import { Section } from '../ui/section'
import { TextInput } from '../ui/text-input'

type NewPassword = { password: string }

type ChangePasswordProps = {
  person: { name: string; email: string }
  change: Action<NewPassword, { ended: number }>
}

const FIELD_IDS = { password: 'new-password', again: 'new-password-again' }

/** For who has a password here: the next one, twice. Kept nowhere but in its fields. */
export function ChangePassword({ person, change }: ChangePasswordProps) {
  const router = useRouter()
  const [times, setTimes] = useState(0)
  const [told, setTold] = useState(false)

  function changed() {
    setTimes(times + 1) // the fields are empty again
    setTold(true)
    router.refresh()
  }

  function read(form: FormData) {
    setTold(false)
    return readNewPassword(form, person)
  }

  return (
    <Section
      id="password"
      title="Password"
      lead="With a new one, every other session of yours ends. If somebody may know the one you have, change it now and tell an administrator."
    >
      <div className="max-w-md">
        <ActForm key={times} action={change} fieldIds={FIELD_IDS} read={read} onDone={changed}>
          {({ wrong, pending }) => (
            <>
              <input type="text" hidden autoComplete="username" value={person.email} readOnly />
              <Field
                id={FIELD_IDS.password}
                label="The new one"
                hint={`At least ${PASSWORD_SHORTEST} characters. A few unrelated words make a good one.`}
                error={wrong.password}
              >
                {(control) => (
                  <TextInput {...control} type="password" name="password" autoComplete="new-password" maxLength={256} />
                )}
              </Field>
              <Field id={FIELD_IDS.again} label="The new one again" error={wrong.again}>
                {(control) => (
                  <TextInput {...control} type="password" name="again" autoComplete="new-password" maxLength={256} />
                )}
              </Field>
              <div>
                <Button type="submit" busy={pending}>
                  Change the password
                </Button>
              </div>
            </>
          )}
        </ActForm>
        <LiveRegion>{told ? 'Your password is changed. Every other session of yours has ended.' : ''}</LiveRegion>
        {told ? <p className="mt-3 text-good text-sm">Changed. Every other session of yours has ended.</p> : null}
      </div>
    </Section>
  )
}

function readNewPassword(form: FormData, person: ChangePasswordProps['person']): Result<NewPassword, FieldProblems> {
  const [password, again] = ['password', 'again'].map((name) => String(form.get(name) ?? ''))
  const problem = passwordProblem(password ?? '', person)
  if (problem) return err({ password: PASSWORD_WORDS[problem] })
  if (password !== again) return err({ again: 'The two are not the same. Type them once more.' })
  return ok({ password: password ?? '' })
}
