import { inputClass } from '../ui/control-style'

type LabelledInputProps = { name: string; label: string; type: 'search' | 'date'; value: string; className?: string }

/** A field of a search, under its name. */
export function LabelledInput({ name, label, type, value, className }: LabelledInputProps) {
  const id = `filter-${name}`
  return (
    <div className={`flex max-w-full flex-col gap-1 ${className ?? ''}`}>
      <label htmlFor={id} className="text-table text-text-muted">
        {label}
      </label>
      <input
        key={value}
        id={id}
        name={name}
        type={type}
        defaultValue={value}
        autoComplete="off"
        className={inputClass}
      />
    </div>
  )
}
