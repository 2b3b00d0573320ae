import clsx from 'clsx'
import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentProps } from 'react'
import { inputClass } from './control-style'
import { Icon } from './icon'

export type SelectOption = { value: string; label: string; disabled?: boolean }

type SelectProps = Omit<ComponentProps<'select'>, 'children'> & {
  options: readonly SelectOption[]
  /** A first, empty choice such as "Choose a vault". */
  placeholder?: string
}

/** The browser's own select: it works with every keyboard, screen reader and password manager. */
export function Select({ options, placeholder, className, ...props }: SelectProps) {
  return (
    <div className="relative">
      <select {...props} className={clsx(inputClass, 'appearance-none pr-9', className)}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon icon={ChevronDown} className="pointer-events-none absolute top-2.5 right-2.5 text-text-muted" />
    </div>
  )
}
