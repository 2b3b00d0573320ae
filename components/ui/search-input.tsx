import { inputClass } from './control-style'
import { Drawing } from './drawing'

type SearchInputProps = {
  id: string
  name: string
  /** For screen readers and as the placeholder. */
  label: string
  defaultValue?: string
  /** A GET form to this address; other filters ride along as hidden fields. */
  action: string
  keep?: Readonly<Record<string, string>>
}

/** A search that is a plain GET form: what was sought is in the URL, and it works before any script has loaded. */
export function SearchInput({ id, name, label, defaultValue, action, keep = {} }: SearchInputProps) {
  return (
    <search className="w-full max-w-80">
      <form action={action} className="relative">
        {Object.entries(keep).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Drawing name="search" className="pointer-events-none absolute top-2.5 left-2.5 text-text-muted" />
        <input
          key={defaultValue}
          id={id}
          name={name}
          type="search"
          placeholder={label}
          defaultValue={defaultValue}
          autoComplete="off"
          className={`${inputClass} pl-8`}
        />
      </form>
    </search>
  )
}
