'use client'

import { useEffect, useRef, useState } from 'react'
import type { Theme } from '@/lib/client/theme'
import { Drawing } from '../ui/drawing'
import { PersonMenuContent } from './person-menu-content'
import type { Person } from './types'

type PersonMenuProps = { person: Person; theme: Theme }

/**
 * Who is signed in, as what, and how they look at it. On the browser's own popover layer; what is in it is drawn when it is
 * first opened, not with every page.
 */
export function PersonMenu({ person, theme }: PersonMenuProps) {
  const { menu, wanted, want } = useFirstOpening()
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        className="flex w-full items-center gap-2 rounded px-2.5 py-2 text-left hover:bg-sunken"
      >
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium text-sm">{person.name}</span>
          <span className="truncate text-text-muted text-xs">{person.roles.join(', ') || 'no role'}</span>
        </span>
        <Drawing name="chevronsUpDown" label="Your menu" className="size-3.5 text-text-muted" />
      </button>
      <div
        id="person-menu"
        popover="auto"
        ref={menu}
        onBeforeToggle={want}
        className="fixed inset-auto right-4 bottom-18 m-0 w-64 rounded border bg-raised text-text shadow-float lg:right-auto lg:left-3"
      >
        {wanted ? <PersonMenuContent person={person} theme={theme} /> : null}
      </div>
    </>
  )
}

/** True from the first opening on; the browser may have opened it before this code ran. */
function useFirstOpening() {
  const menu = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (menu.current?.matches(':popover-open')) setWanted(true)
  }, [])
  return { menu, wanted, want: () => setWanted(true) }
}
