import type { ReactNode } from 'react'
import { PlainLink } from './plain-link'

type PageStepsProps = {
  /** Such as "51 to 100 of 1,204 keys". */
  summary: string | undefined
  /** List items; nothing where there is one page. */
  children: ReactNode
}

export const PAGE_BOX = 'inline-flex min-h-7 min-w-7 items-center justify-center rounded px-2'

/** How much of a list is shown, and links to the rest of it. */
export function PageSteps({ summary, children }: PageStepsProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-4 py-3 text-table">
      <span className="text-text-muted">{summary}</span>
      {children ? <ul className="flex items-center gap-0.5">{children}</ul> : null}
    </nav>
  )
}

/** One of the links; dimmed where there is nothing on that side. */
export function PageStep({ href, children }: { href: string | undefined; children: string }) {
  return (
    <li>
      {href ? (
        <PlainLink href={href} className={`${PAGE_BOX} text-accent hover:bg-sunken`}>
          {children}
        </PlainLink>
      ) : (
        <span className={`${PAGE_BOX} text-text-muted`}>{children}</span>
      )}
    </li>
  )
}
