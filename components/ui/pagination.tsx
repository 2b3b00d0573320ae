import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { pagesToShow } from './pages-to-show'

type PaginationProps = {
  /** From 1. */
  page: number
  pageCount: number
  hrefFor: (page: number) => string
  /** Such as "51 to 100 of 1,204 keys". */
  summary?: string
}

const box = 'inline-flex min-h-7 min-w-7 items-center justify-center rounded px-2'

/** Pages as links, so that the back button and a bookmark work. */
export function Pagination({ page, pageCount, hrefFor, summary }: PaginationProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-4 py-3 text-table">
      <span className="text-text-muted">{summary}</span>
      {pageCount > 1 ? (
        <ul className="flex items-center gap-0.5">
          <Step href={page > 1 ? hrefFor(page - 1) : undefined}>Previous</Step>
          {pagesToShow(page, pageCount).map((item) => (
            <li key={item}>
              {item < 0 ? (
                <span className={box}>…</span>
              ) : (
                <Link
                  href={hrefFor(item)}
                  prefetch={false}
                  aria-label={`Page ${item}`}
                  aria-current={item === page ? 'page' : undefined}
                  className={clsx(box, item === page ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-sunken')}
                >
                  {item}
                </Link>
              )}
            </li>
          ))}
          <Step href={page < pageCount ? hrefFor(page + 1) : undefined}>Next</Step>
        </ul>
      ) : null}
    </nav>
  )
}

function Step({ href, children }: { href: string | undefined; children: ReactNode }) {
  return (
    <li>
      {href ? (
        <Link href={href} prefetch={false} className={`${box} text-accent hover:bg-sunken`}>
          {children}
        </Link>
      ) : (
        <span className={`${box} text-text-muted`}>{children}</span>
      )}
    </li>
  )
}
