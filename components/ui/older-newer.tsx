import Link from 'next/link'

type OlderNewerProps = {
  /** undefined: there are none on that side. */
  newest: string | undefined
  newer: string | undefined
  older: string | undefined
  /** Such as "50 of 1,204,003 releases". */
  summary: string
}

const box = 'inline-flex min-h-7 items-center rounded px-2'

/** Steps through a list that has no page numbers, because it grows at its head, as links: the back button works. */
export function OlderNewer({ newest, newer, older, summary }: OlderNewerProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-4 py-3 text-table">
      <span className="text-text-muted">{summary}</span>
      {newer || older ? (
        <ul className="flex items-center gap-0.5">
          <Step href={newest}>Newest</Step>
          <Step href={newer}>Newer</Step>
          <Step href={older}>Older</Step>
        </ul>
      ) : null}
    </nav>
  )
}

function Step({ href, children }: { href: string | undefined; children: string }) {
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
