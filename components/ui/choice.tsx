import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

type ChoiceProps = Omit<ComponentProps<'input'>, 'type'> & {
  id: string
  label: ReactNode
  hint?: ReactNode
  /** Why it can't be chosen. The choice stays visible and says so. */
  disabledReason?: string | undefined
}

/** One checkbox or radio button with its label and hint. */
export function Choice({
  type,
  id,
  label,
  hint,
  disabledReason,
  ...props
}: ChoiceProps & { type: 'checkbox' | 'radio' }) {
  const note = disabledReason ?? hint
  const blocked = Boolean(disabledReason)
  return (
    <div className="flex gap-2.5">
      <input
        {...props}
        id={id}
        type={type}
        disabled={blocked || props.disabled}
        aria-describedby={note ? `${id}-note` : props['aria-describedby']}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="wrap-anywhere flex flex-col">
        <label htmlFor={id} className={clsx('text-sm', blocked && 'text-text-muted')}>
          {label}
        </label>
        {note ? (
          <span id={`${id}-note`} className="text-table text-text-muted">
            {note}
          </span>
        ) : null}
      </div>
    </div>
  )
}

export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" />
}

export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" />
}
