import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

type TextLinkProps = { href: string; children: ReactNode; className?: string; quiet?: boolean; id?: string }

/** A link in running text or in a table. `quiet` underlines on hover only, for dense lists of links. */
export function TextLink({ href, children, className, quiet = false, id }: TextLinkProps) {
  const look = clsx(
    'rounded-sm text-accent underline-offset-2 hover:text-accent-strong',
    quiet ? 'hover:underline' : 'underline decoration-accent-line hover:decoration-current',
    className,
  )
  if (/^https?:/.test(href)) {
    return (
      <a id={id} href={href} className={look} target="_blank" rel="noreferrer noopener">
        {children}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    )
  }
  return (
    <Link id={id} href={href} className={look} prefetch={false}>
      {children}
    </Link>
  )
}
