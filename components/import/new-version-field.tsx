import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'
import type { WizardParts } from './use-import-wizard'

/** The name exists, or may: only somebody who types it knows that. */
export function NewVersionField({ wizard, error }: { wizard: WizardParts; error: string | undefined }) {
  const { state, dispatch } = wizard
  return (
    <div className="mt-2 max-w-md">
      <Field
        id={FIELD_IDS.typedName}
        label={
          <>
            To add a version, type <code className="font-mono font-semibold">{state.answers.name}</code>
          </>
        }
        error={error}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={state.answers.typedName}
            onChange={(event) => dispatch({ type: 'answered', change: { typedName: event.target.value } })}
          />
        )}
      </Field>
    </div>
  )
}
