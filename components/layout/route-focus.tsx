'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** After a navigation (not on the first page) the focus goes to the new page's h1. Next announces the title. */
export function RouteFocus() {
  const pathname = usePathname()
  const seen = useRef(pathname)

  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    const target = document.querySelector<HTMLElement>('main h1') ?? document.getElementById('main')
    target?.focus({ preventScroll: true })
  }, [pathname])

  return null
}
