import clsx from 'clsx'
import { PAGE_BOX, PageStep, PageSteps } from './page-steps'
import { pagesToShow } from './pages-to-show'
import { PlainLink } from './plain-link'

type PaginationProps = {
  /** From 1. */
  page: number
  pageCount: number
  hrefFor: (page: number) => string
  /** Such as "51 to 100 of 1,204 keys". */
  summary?: string
}

/** Pages as links, so that the back button and a bookmark work. */
export function Pagination({ page, pageCount, hrefFor, summary }: PaginationProps) {
  return (
    <PageSteps summary={summary}>
      {pageCount > 1 ? (
        <>
          <PageStep href={page > 1 ? hrefFor(page - 1) : undefined}>Previous</PageStep>
          {pagesToShow(page, pageCount).map((item) => (
            <li key={item}>
              {item < 0 ? (
                <span className={PAGE_BOX}>…</span>
              ) : (
                <PlainLink
                  href={hrefFor(item)}
                  aria-label={`Page ${item}`}
                  aria-current={item === page ? 'page' : undefined}
                  className={clsx(
                    PAGE_BOX,
                    item === page ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-sunken',
                  )}
                >
                  {item}
                </PlainLink>
              )}
            </li>
          ))}
          <PageStep href={page < pageCount ? hrefFor(page + 1) : undefined}>Next</PageStep>
        </>
      ) : null}
    </PageSteps>
  )
}
