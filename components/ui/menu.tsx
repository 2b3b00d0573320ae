'use client'

import MoreHorizontal from 'lucide-react/icons/ellipsis'
import { lazy, Suspense, useState } from 'react'
import { buttonClass } from './control-style'
import { Icon } from './icon'

export type MenuItem = {
  label: string
  /** A link, or an act. */
  href?: string
  onSelect?: () => void
  danger?: boolean
  /** Why it can't be chosen now. It stays in the menu and says so. */
  disabledReason?: string | undefined
}

export type MenuProps = {
  /** Names the button, as in "Actions for payroll-signing". */
  label: string
  items: readonly MenuItem[]
}

const OpenedMenu = lazy(() => import('./opened-menu'))

/** A button with a menu of acts. The menu itself loads when first opened. */
export function Menu({ label, items }: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const closed = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      className={buttonClass('quiet', 'small')}
      onClick={() => setWanted(true)}
    >
      <Icon icon={MoreHorizontal} label={label} />
    </button>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <OpenedMenu label={label} items={items} />
    </Suspense>
  )
}
