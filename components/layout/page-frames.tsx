import type { ReactNode } from 'react'

/** A wizard, a review, a sheet: one column, generous, printable. */
export function DocumentPage({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-8 lg:flex-row lg:gap-12 print:block">
      <div className="flex min-w-0 max-w-document flex-1 flex-col gap-8">{children}</div>
      {aside ? (
        <aside className="order-first shrink-0 lg:order-none lg:sticky lg:top-12 lg:w-52 lg:self-start print:hidden">
          {aside}
        </aside>
      ) : null}
    </div>
  )
}

/** A tool such as the inventory: full width, dense. */
export function ToolPage({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-5">{children}</div>
}
