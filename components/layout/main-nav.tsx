'use client'

import { usePathname } from 'next/navigation'
import type { Role } from '@/lib/domain/people/roles'
import { Drawing } from '../ui/drawing'
import { useFollowLink } from '../ui/follow-link'
import { currentItem } from './current-item'
import { placesFor } from './places'
import { useStatus } from './status-store'
import type { Status } from './types'

/** What each entry looks like, said once. */
const ITEMS = [
  '[&_a]:flex [&_a]:min-h-8 [&_a]:items-center [&_a]:gap-2.5 [&_a]:rounded [&_a]:px-2.5 [&_a]:text-sm',
  '[&_a:not([aria-current])]:text-text-muted [&_a:not([aria-current])]:hover:bg-sunken [&_a:not([aria-current])]:hover:text-text',
  '[&_a[aria-current]]:bg-accent-soft [&_a[aria-current]]:font-medium [&_a[aria-current]]:text-accent',
].join(' ')

/** The places of the console that somebody with these roles may enter. */
export function MainNav({ roles, status }: { roles: readonly Role[]; status: Status }) {
  const entries = placesFor(roles)
  const now = useStatus(status)
  const follow = useFollowLink()
  const current = currentItem(
    usePathname(),
    entries.map((entry) => entry.href),
  )
  return (
    <nav aria-label="Main" className={ITEMS}>
      <ul className="flex flex-col gap-0.5">
        {entries.map((entry) => (
          <li key={entry.href}>
            <a href={entry.href} onClick={follow} aria-current={entry.href === current ? 'page' : undefined}>
              <Drawing name={entry.icon} />
              {entry.label}
              {entry.counted && now[entry.counted] > 0 ? <Waiting count={now[entry.counted]} /> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Waiting({ count }: { count: number }) {
  return (
    <span className="ml-auto min-w-5 rounded-full bg-accent px-1.5 text-center font-semibold text-accent-on text-xs leading-5 tabular-nums">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  )
}
