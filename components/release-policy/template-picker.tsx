import { useState } from 'react'
import { policyStarts } from '@/lib/client/release-policy/policy-starts'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import type { TokenInView } from './token-in-view'

type TemplatePickerProps = { id: string; token: TokenInView | null; onPick: (policy: string) => void }

const OPTIONS = policyStarts.map(({ id, title }) => ({ value: id, label: title }))

/** Where to begin, per environment. A token in view fills in the authority and the measurements. */
export function TemplatePicker({ id, token, onPick }: TemplatePickerProps) {
  const [chosen, setChosen] = useState('')
  const start = policyStarts.find((each) => each.id === chosen)
  return (
    <div className="flex min-w-0 max-w-full flex-col gap-1">
      <Field id={id} label="Start from a template">
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <div className="w-80 min-w-0 max-w-full">
              <Select
                {...control}
                placeholder="Choose an environment"
                options={OPTIONS}
                value={chosen}
                onChange={(event) => setChosen(event.target.value)}
              />
            </div>
            <Button
              disabledReason={start ? undefined : 'Choose an environment first.'}
              onClick={() => (start ? onPick(start.textFor(token)) : undefined)}
            >
              Use this template
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="max-w-prose text-sm text-text-muted">
        {start?.means}
        {start && token && start.fills ? ` ${start.fills} taken from “${token.name}”.` : null}
      </p>
    </div>
  )
}
