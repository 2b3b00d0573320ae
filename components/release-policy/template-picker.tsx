import { useState } from 'react'
import { policyFromTemplate, policyTemplates, templateIsFor } from '@/lib/domain/releases/templates'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import type { TokenInView } from './token-in-view'

type TemplatePickerProps = { id: string; token: TokenInView | null; onPick: (policy: string) => void }

const OPTIONS = policyTemplates.map(({ id, title }) => ({ value: id, label: title }))

/** Where to begin, per environment. A token in view fills in the authority and the measurements. */
export function TemplatePicker({ id, token, onPick }: TemplatePickerProps) {
  const [chosen, setChosen] = useState('')
  const template = policyTemplates.find((each) => each.id === chosen)
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
              disabledReason={template ? undefined : 'Choose an environment first.'}
              onClick={() => (template ? onPick(policyFromTemplate(template, token ?? undefined)) : undefined)}
            >
              Use this template
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="max-w-prose text-sm text-text-muted">
        {template ? (
          <>
            For {templateIsFor(template)}. {template.means}
            {token ? ` Authority and measurements are taken from “${token.name}”.` : ''}
          </>
        ) : null}
      </p>
    </div>
  )
}
