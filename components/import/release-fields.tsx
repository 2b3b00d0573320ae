import { lazy, Suspense } from 'react'
import type { Answers } from '@/lib/client/import/answers'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Checkbox } from '../ui/choice'
import { Field } from '../ui/field'
import { Fieldset } from '../ui/fieldset'
import { TextArea } from '../ui/text-area'

/** Not in the wizard's first load: most keys never leave their vault. */
const PolicyEditor = lazy(() => import('../release-policy/policy-editor'))

type ReleaseFieldsProps = {
  answers: Answers
  error: string | undefined
  onChange: (change: Partial<Answers>) => void
}

/** Whether the key may ever leave the vault, and to whom. */
export function ReleaseFields({ answers, error, onChange }: ReleaseFieldsProps) {
  const policy = {
    id: FIELD_IDS.policy,
    value: answers.policyText,
    error,
    onChange: (policyText: string) => onChange({ policyText }),
  }
  return (
    <Fieldset id="import-release" legend="Release">
      <Checkbox
        id="import-exportable"
        label="Exportable: the vault may release it to an attested enclave"
        hint="Decided now for good: a key that arrives not exportable stays so."
        checked={answers.exportable}
        onChange={(event) => onChange({ exportable: event.target.checked })}
      />
      {answers.exportable ? (
        <div className="flex flex-col gap-3 pl-6.5">
          <Suspense fallback={<PlainPolicy {...policy} />}>
            <PolicyEditor {...policy} />
          </Suspense>
          <Checkbox
            id="import-policy-immutable"
            label="Immutable: nobody can change this policy later"
            hint="It can’t be undone, not even by an administrator of the vault."
            checked={answers.policyImmutable}
            onChange={(event) => onChange({ policyImmutable: event.target.checked })}
          />
        </div>
      ) : null}
    </Fieldset>
  )
}

type PlainPolicyProps = { id: string; value: string; error: string | undefined; onChange: (text: string) => void }

/** Until the editor is there. */
function PlainPolicy({ id, value, error, onChange }: PlainPolicyProps) {
  return (
    <Field id={id} label="Release policy, as JSON" error={error}>
      {(control) => (
        <TextArea {...control} mono rows={10} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
