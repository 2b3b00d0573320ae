import clsx from 'clsx'
import type { ReactNode } from 'react'

/** A table as wide as a sheet of paper: nothing in it may be wider than its column. On a narrow screen it scrolls in its frame. */
export function PaperTable({
  label,
  columns,
  children,
}: {
  label: string
  /** With the share of the sheet that each takes, as a class such as `w-1/4`; without it the rest is divided. */
  columns: readonly { name: string; width?: string }[]
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto print:overflow-visible">
      <table aria-label={label} className="w-full min-w-2xl table-fixed border-collapse text-table print:min-w-0">
        <thead>
          <tr className="border-b border-line-strong text-left text-text-muted">
            {columns.map(({ name, width }) => (
              <th key={name} scope="col" className={clsx('py-1.5 pr-3 font-medium', width)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
