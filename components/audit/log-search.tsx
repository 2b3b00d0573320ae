import type { ReactNode } from 'react'
import type { LogView } from '@/lib/client/audit/log-url'
import { buttonClass } from '../ui/control-style'
import { LabelledInput } from './labelled-input'

type LogSearchProps = {
  action: string
  view: Omit<LogView, 'page'>
  kept: Record<string, readonly string[]>
  /** Further fields. */
  children?: ReactNode
}

/** A log's search and days: a GET form, so that the address holds everything; `kept` are the filters beside it. */
export function LogSearch({ action, view, kept, children }: LogSearchProps) {
  return (
    <form action={action} className="flex flex-wrap items-end gap-2">
      {Object.entries(kept).map(([name, values]) =>
        values.length > 0 ? <input key={name} type="hidden" name={name} value={values.join(' ')} /> : null,
      )}
      <LabelledInput className="w-80" name="q" label="Search" type="search" value={view.text} />
      {children}
      <div className="flex flex-wrap items-end gap-2">
        <LabelledInput name="from" label="From (UTC)" type="date" value={view.fromDay} />
        <LabelledInput name="to" label="To (UTC)" type="date" value={view.toDay} />
        <button type="submit" className={buttonClass('secondary', 'medium')}>
          Search
        </button>
      </div>
    </form>
  )
}
