import clsx from 'clsx'
import Link from 'next/link'

export type TabItem = { href: string; label: string; current: boolean; count?: number }

/** Tabs by link: which one is open is in the URL. */
export function Tabs({ label, items }: { label: string; items: readonly TabItem[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b print:hidden">
      <ul className="flex gap-6">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              scroll={false}
              aria-current={item.current ? 'page' : undefined}
              className={clsx(
                '-mb-px inline-flex items-center gap-2 whitespace-nowrap border-b-2 py-2 text-sm',
                'focus-visible:outline-offset-[-2px]',
                item.current
                  ? 'border-accent font-medium text-text'
                  : 'border-transparent text-text-muted hover:border-line-strong hover:text-text',
              )}
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="text-table text-text-muted">{item.count.toLocaleString('en')}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
