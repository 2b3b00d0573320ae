import type { ReactNode } from 'react'

type SectionProps = { title: string; id?: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A part of a page under its own h2, set apart by space and a heading rather than a box. */
export function Section({ title, id, lead, actions, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {actions}
      </div>
      {lead ? <div className="max-w-prose text-sm text-text-muted">{lead}</div> : null}
      {children}
    </section>
  )
}
