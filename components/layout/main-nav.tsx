'use client'

import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import type { Role } from '@/lib/domain/people/roles'
import { useFollowLink } from '../ui/follow-link'
import { Icon } from '../ui/icon'
import { currentItem } from './current-item'
import { placesFor } from './places'
import { useStatus } from './status-store'
import type { Status } from './types'

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
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {entries.map((entry) => (
          <li key={entry.href}>
            <a
              href={entry.href}
              onClick={follow}
              aria-current={entry.href === current ? 'page' : undefined}
              className={clsx(
                'flex min-h-8 items-center gap-2.5 rounded px-2.5 text-sm',
                entry.href === current
                  ? 'bg-accent-soft font-medium text-accent'
                  : 'text-text-muted hover:bg-sunken hover:text-text',
              )}
            >
              <Icon icon={entry.icon} />
              <span className="flex-1">{entry.label}</span>
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
    <span className="min-w-5 rounded-full bg-accent px-1.5 text-center font-semibold text-accent-on text-xs leading-5 tabular-nums">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  )
}
