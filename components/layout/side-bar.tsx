'use client'

import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { buttonClass } from '../ui/control-style'

type SideBarProps = { mark: ReactNode; children: ReactNode }

/** A column at the left; on a narrow screen a bar with a button that unfolds it. Going somewhere folds it again. */
export function SideBar({ mark, children }: SideBarProps) {
  const pathname = usePathname()
  const [openedAt, setOpenedAt] = useState<string>()
  const open = openedAt === pathname
  return (
    <header className="z-20 flex flex-col border-b bg-surface lg:sticky lg:top-6 lg:h-[calc(100dvh-1.5rem)] lg:w-56 lg:shrink-0 lg:border-r lg:border-b-0 print:hidden">
      <div className="flex items-center justify-between px-4 py-3 lg:px-5 lg:pt-4 lg:pb-2">
        {mark}
        <button
          type="button"
          aria-expanded={open}
          aria-controls="side-bar"
          onClick={() => setOpenedAt(open ? undefined : pathname)}
          className={clsx(buttonClass('secondary', 'small'), 'lg:hidden')}
        >
          {open ? 'Close' : 'Menu'}
        </button>
      </div>
      <div
        id="side-bar"
        className={clsx('min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-2.5 py-2 lg:flex', open ? 'flex' : 'hidden')}
      >
        {children}
      </div>
    </header>
  )
}
