import type { ReactNode } from 'react'

type LiveRegionProps = { children: ReactNode; urgent?: boolean; visible?: boolean }

/** Says a change aloud. It must be on the page before its words change, so render it always, empty at first. */
export function LiveRegion({ children, urgent = false, visible = false }: LiveRegionProps) {
  return (
    <div role={urgent ? 'alert' : 'status'} className={visible ? undefined : 'sr-only'}>
      {children}
    </div>
  )
}
