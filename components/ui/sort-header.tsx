'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { PlainLink } from './plain-link'

export type SortDirection = 'ascending' | 'descending'

type SortHeaderProps = {
  children: ReactNode
  /** Where a click leads: this page, sorted the other way. */
  href: string
  /** Undefined when another column is the sorted one. */
  direction?: SortDirection | undefined
  numeric?: boolean
}

/** A column that sorts by link, so that the order is in the URL. */
export function SortHeader({ children, href, direction, numeric = false }: SortHeaderProps) {
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={clsx(
        'whitespace-nowrap px-3 font-medium shadow-[inset_0_-1px_0_var(--line-strong)] first:pl-2 last:pr-2',
        numeric && 'text-right',
      )}
    >
      <PlainLink
        href={href}
        scroll={false}
        className={clsx(
          'group inline-flex items-center gap-1 rounded-sm hover:text-text',
          direction ? 'text-text' : 'text-text-muted',
        )}
      >
        {children}
        <svg viewBox="0 0 8 12" aria-hidden="true" className="h-3 w-2">
          <path d="M4 1 7 5H1z" className={arrow(direction === 'ascending', direction)} />
          <path d="M4 11 1 7h6z" className={arrow(direction === 'descending', direction)} />
        </svg>
      </PlainLink>
    </th>
  )
}

function arrow(active: boolean, direction: SortDirection | undefined) {
  if (active) return 'fill-accent'
  return direction ? 'fill-transparent' : 'fill-line-strong opacity-60 group-hover:opacity-100'
}
