import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Icon } from './icon'

/** The row above a table that holds search and filters. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">{children}</div>
}

/** Filters over one property, under its name. */
export function FilterGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="float-left mr-1 text-table text-text-muted">{label}</legend>
      {children}
    </fieldset>
  )
}

type FilterChipProps = { href: string; active: boolean; children: ReactNode; count?: number }

/** A filter as a link that sets it or, when active, takes it away. */
export function FilterChip({ href, active, children, count }: FilterChipProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={active ? 'true' : undefined}
      className={clsx(
        'inline-flex min-h-7 items-center gap-1.5 rounded border px-2 text-table',
        active ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line hover:bg-sunken',
      )}
    >
      {children}
      {count === undefined ? null : <span className="text-text-muted">{count}</span>}
      {active ? <Icon icon={X} size={12} label="(remove this filter)" /> : null}
    </Link>
  )
}
