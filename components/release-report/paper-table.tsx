import type { ReactNode } from 'react'

/** A table as wide as a sheet of paper: nothing in it may be wider than its column. On a narrow screen it scrolls in its frame. */
export function PaperTable({
  label,
  columns,
  children,
}: {
  label: string
  columns: readonly string[]
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto print:overflow-visible">
      <table aria-label={label} className="w-full min-w-md table-fixed border-collapse text-table print:min-w-0">
        <thead>
          <tr className="border-b border-line-strong text-left text-text-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1.5 pr-3 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
