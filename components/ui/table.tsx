import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Skeleton } from './skeleton'

type TableProps = {
  /** The table's name for screen readers. */
  label: string
  /** Header cells: Th and SortHeader. */
  head: ReactNode
  /** Rows, as `<Row>`. */
  children: ReactNode
  busy?: boolean
  /** Rows of a tool are dense; those of a document have more air. */
  density?: 'dense' | 'comfortable'
}

/** A real table in a frame of its own: when it is longer or wider than the window it scrolls there, under its header. */
export function Table({ label, head, children, busy = false, density = 'dense' }: TableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[calc(100dvh-6rem)] overflow-auto print:max-h-none print:overflow-visible"
    >
      <table
        aria-label={label}
        aria-busy={busy || undefined}
        className={clsx(
          'w-full border-collapse text-left text-table',
          density === 'dense' ? '[&_td]:py-1.5 [&_th]:py-1.5' : '[&_td]:py-2.5 [&_th]:py-2.5',
        )}
      >
        <thead className="sticky top-0 z-10 bg-paper print:static [&_th:first-child]:bg-paper md:[&_th:first-child]:sticky md:[&_th:first-child]:left-0">
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

export function Row({ selected = false, className, ...props }: ComponentProps<'tr'> & { selected?: boolean }) {
  return (
    <tr
      {...props}
      aria-selected={selected || undefined}
      className={clsx('border-b align-top', selected ? 'bg-accent-soft' : 'bg-paper hover:bg-sunken', className)}
    />
  )
}

type CellProps = { children?: ReactNode; numeric?: boolean; mono?: boolean; wrap?: boolean; colSpan?: number }

const cell = 'px-3 first:pl-2 last:pr-2'

export function Th({ children, numeric = false }: { children: ReactNode; numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={clsx(
        cell,
        'whitespace-nowrap font-medium text-text-muted shadow-[inset_0_-1px_0_var(--line-strong)]',
        numeric && 'text-right',
      )}
    >
      {children}
    </th>
  )
}

/** The cell that names its row. `narrow` where the names are words of a fixed vocabulary. */
export function RowHeader({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <th scope="row" className={clsx(cell, !narrow && 'min-w-48', 'bg-inherit font-medium md:sticky md:left-0')}>
      {children}
    </th>
  )
}

export function Td({ children, numeric = false, mono = false, wrap = false, colSpan }: CellProps) {
  return (
    <td
      colSpan={colSpan}
      className={clsx(cell, numeric && 'text-right', mono && 'font-mono', wrap ? 'min-w-40' : 'whitespace-nowrap')}
    >
      {children}
    </td>
  )
}

const widths = ['w-40', 'w-24', 'w-16', 'w-28', 'w-20'] as const

/** Placeholder rows, as wide as the columns they stand for. */
export function SkeletonRows({ columns, rows = 8 }: { columns: number; rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <tr key={row} className="border-b">
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <td key={column} className={cell}>
          <Skeleton className={`h-4 max-w-full ${widths[(row + column) % widths.length] ?? 'w-24'}`} />
        </td>
      ))}
    </tr>
  ))
}
