import type { ReactNode } from 'react'
import { Shape } from './shape'

export type DiffRow = { name: string; before: ReactNode; after: ReactNode; changed: boolean }

type DiffProps = { label: string; rows: readonly DiffRow[]; beforeLabel?: string; afterLabel?: string }

/** Before and after, a row per property. A changed row says so in a word, a mark and colour. */
export function Diff({ label, rows, beforeLabel = 'Before', afterLabel = 'After' }: DiffProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-left text-table">
        <thead>
          <tr className="border-line-strong border-b text-text-muted">
            <th scope="col" className="py-1.5 pr-3 pl-2 font-medium">
              Property
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {beforeLabel}
            </th>
            <th scope="col" className="py-1.5 pr-2 pl-3 font-medium">
              {afterLabel}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DiffLine key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DiffLine({ row }: { row: DiffRow }) {
  return (
    <tr className={row.changed ? 'border-b bg-attention-soft align-top' : 'border-b align-top'}>
      <th scope="row" className="py-1.5 pr-3 pl-2 font-normal text-text-muted">
        {row.name}
        {row.changed ? (
          <span className="flex items-center gap-1.5 font-medium text-attention text-xs">
            <Shape name="triangle" />
            changed
          </span>
        ) : null}
      </th>
      <td className="break-words px-3 py-1.5">
        {row.changed ? <del className="decoration-danger">{row.before}</del> : row.before}
      </td>
      <td className="break-words py-1.5 pr-2 pl-3">
        {row.changed ? <ins className="font-medium no-underline">{row.after}</ins> : row.after}
      </td>
    </tr>
  )
}
