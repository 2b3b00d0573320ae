import type { ReactNode } from 'react'

export type Description = { term: string; detail: ReactNode /** Such as a "Change" link. */; action?: ReactNode }

/** Facts by name. With actions it is the body of a check-answers page. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  return (
    <dl className="border-t">
      {items.map(({ term, detail, action }) => (
        <div key={term} className="grid gap-x-6 gap-y-0.5 border-b py-2.5 sm:grid-cols-[12rem_minmax(0,1fr)_auto]">
          <dt className="text-sm text-text-muted">{term}</dt>
          <dd className="min-w-0 text-sm">{detail}</dd>
          {action ? <dd className="text-sm print:hidden">{action}</dd> : null}
        </div>
      ))}
    </dl>
  )
}
