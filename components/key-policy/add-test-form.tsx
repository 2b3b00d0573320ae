'use client'

import { labTokenWords, readLabToken } from '@/lib/client/release-policy/lab-token'
import type { Action } from '@/lib/domain/actions/action-result'
import type { AddPolicyTestInput } from '@/lib/domain/releases/policy-change-views'
import { err, ok, type Result } from '@/lib/domain/result'
import { ActForm, type FieldProblems } from '../form/act-form'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { SubmitButton } from '../ui/submit-button'
import { TextArea } from '../ui/text-area'
import { TextInput } from '../ui/text-input'

type AddTestFormProps = {
  address: { connectionId: string; keyName: string }
  add: Action<AddPolicyTestInput, { testId: string }>
  onDone: () => void
  onCancel: () => void
}

const IDS = { testName: 'test-name', token: 'test-token', expected: 'test-expected' } as const
const EXPECTED = [
  { value: 'allow', label: 'must be let in' },
  { value: 'deny', label: 'must be kept out' },
] as const

/** A token, or the claims of one, with what the policy must say to it. */
export function AddTestForm({ address, add, onDone, onCancel }: AddTestFormProps) {
  return (
    <ActForm action={add} fieldIds={IDS} read={(form) => readForm(address, form)} onDone={onDone}>
      {({ wrong, pending }) => (
        <div className="flex max-w-3xl flex-col gap-5 border-l-2 pl-4">
          <Field
            id={IDS.testName}
            label="Name"
            hint="What this environment is: “production”, “debuggable”."
            error={wrong.testName}
          >
            {(control) => <TextInput {...control} name="testName" maxLength={100} />}
          </Field>
          <Field
            id={IDS.token}
            label="Token, or its claims as JSON"
            hint="Its claims and its issuer are kept, not its signature: a test asks what the policy says, not who signed. Everybody who reads the key’s page can read them."
            error={wrong.token}
          >
            {(control) => <TextArea {...control} name="token" mono rows={6} spellCheck={false} />}
          </Field>
          <Field id={IDS.expected} label="An environment with this token" error={wrong.expected}>
            {(control) => <Select {...control} name="expected" options={EXPECTED} />}
          </Field>
          <div className="flex flex-wrap gap-2">
            <SubmitButton busy={pending}>Keep this test</SubmitButton>
            <Button onClick={onCancel}>Cancel</Button>
          </div>
        </div>
      )}
    </ActForm>
  )
}

function readForm(address: AddTestFormProps['address'], form: FormData): Result<AddPolicyTestInput, FieldProblems> {
  const testName = String(form.get('testName') ?? '').trim()
  const token = readLabToken(String(form.get('token') ?? ''))
  const unnamed: FieldProblems = testName === '' ? { testName: 'Name the test: by it people know what it holds.' } : {}
  if (!token.ok) return err({ ...unnamed, token: labTokenWords(token.error) })
  if (testName === '') return err(unnamed)
  const { issuer, claims } = token.value
  const expected = form.get('expected') === 'deny' ? 'deny' : 'allow'
  return ok({ ...address, testName, issuer, claimsJson: JSON.stringify(claims), expected })
}
