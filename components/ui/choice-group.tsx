import type { ChangeEventHandler, ReactNode } from 'react'
import { Checkbox, Radio } from './choice'
import { Fieldset, type FieldsetProps } from './fieldset'

export type GroupOption = { value: string; label: ReactNode; hint?: ReactNode; disabledReason?: string | undefined }

type GroupProps = Omit<FieldsetProps, 'children'> & {
  name: string
  options: readonly GroupOption[]
  onChange?: ChangeEventHandler<HTMLInputElement>
}

/** Controlled with `value` and `onChange`, or by the form with `defaultValue`. */
export function CheckboxGroup(props: GroupProps & { value?: readonly string[]; defaultValue?: readonly string[] }) {
  const { name, options, onChange, value, defaultValue, ...fieldset } = props
  return (
    <Fieldset {...fieldset}>
      {options.map((option) => (
        <Checkbox
          key={option.value}
          id={`${fieldset.id}-${option.value}`}
          name={name}
          {...option}
          {...(value ? { checked: value.includes(option.value) } : {})}
          {...(defaultValue ? { defaultChecked: defaultValue.includes(option.value) } : {})}
          onChange={onChange}
        />
      ))}
    </Fieldset>
  )
}

/** Controlled with `value` and `onChange`, or by the form with `defaultValue`. */
export function RadioGroup(props: GroupProps & { value?: string; defaultValue?: string }) {
  const { name, options, onChange, value, defaultValue, ...fieldset } = props
  return (
    <Fieldset {...fieldset}>
      {options.map((option) => (
        <Radio
          key={option.value}
          id={`${fieldset.id}-${option.value}`}
          name={name}
          {...option}
          {...(value === undefined ? {} : { checked: value === option.value })}
          {...(defaultValue === undefined ? {} : { defaultChecked: defaultValue === option.value })}
          onChange={onChange}
        />
      ))}
    </Fieldset>
  )
}
