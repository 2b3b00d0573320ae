'use client'

import clsx from 'clsx'
import { useId } from 'react'

type SegmentedProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** A few choices of which one holds, as one row of radio buttons. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-text-muted text-xs">{label}</legend>
      <div className="flex rounded border bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'flex-1 rounded-sm border px-2 py-0.5 text-center text-table',
              'has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent',
              option.value === value
                ? 'border-line-strong bg-surface font-medium'
                : 'border-transparent text-text-muted hover:text-text',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
