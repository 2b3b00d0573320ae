import Link from 'next/link'
import type { ReactNode } from 'react'

export type Crumb = { label: string; href: string }

type PageHeaderProps = {
  title: ReactNode
  crumbs?: readonly Crumb[]
  /** Beside the title: a badge. */
  status?: ReactNode
  /** Under the title: one or two sentences. */
  lead?: ReactNode
  /** Offered by the command palette too. */
  actions?: ReactNode
}

/** The page's only h1. It takes the focus after navigation. */
export function PageHeader({ title, crumbs = [], status, lead, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {crumbs.length > 0 ? <Crumbs crumbs={crumbs} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 tabIndex={-1} className="min-w-0 break-words font-semibold text-xl tracking-tight">
            {title}
          </h1>
          {status}
        </div>
        {actions ? (
          <div data-page-actions className="flex flex-wrap items-center gap-2 print:hidden">
            {actions}
          </div>
        ) : null}
      </div>
      {lead ? <div className="max-w-prose text-text-muted">{lead}</div> : null}
    </header>
  )
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="print:hidden">
      <ol className="flex flex-wrap gap-x-2 text-sm text-text-muted">
        {crumbs.map((crumb) => (
          <li key={crumb.href} className="flex gap-2">
            <Link href={crumb.href} prefetch={false} className="rounded-sm hover:text-text hover:underline">
              {crumb.label}
            </Link>
            <span aria-hidden="true">/</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
