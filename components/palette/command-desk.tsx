'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect } from 'react'
import { hearKey } from '@/lib/client/keyboard/hear-key'
import { focusSearch, moveRow, openRow, selectRow } from '@/lib/client/keyboard/row-focus'
import type { ShortcutId } from '@/lib/client/keyboard/shortcuts'
import { singleKeysOn } from '@/lib/client/keyboard/single-keys'
import { strokeOf } from '@/lib/client/keyboard/stroke-of'
import { mayLeave } from '@/lib/client/leave-guard'
import { showOverlay, useOverlay } from '@/lib/client/palette/overlay'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { placesFor } from '../layout/places'

const CommandPalette = lazy(() => import('./command-palette'))
const KeyboardSheet = lazy(() => import('./keyboard-sheet'))

/** The second of two keys comes within this. */
const SECOND_KEY_MS = 1500

/** Mounted once in the shell: hears the keys of every page. What it opens is loaded when first wanted. */
export function CommandDesk({ roles }: { roles: readonly Role[] }) {
  const router = useRouter()
  const overlay = useOverlay()

  useEffect(() => {
    const goTo = (href: string) => {
      if (placesFor(roles).some((place) => place.href === href) && mayLeave()) router.push(href)
    }
    return listen((id) => ACTS[id](goTo))
  }, [roles, router])

  if (!overlay) return null
  const close = () => showOverlay(null)
  return (
    <Suspense>
      {overlay === 'palette' ? (
        <CommandPalette roles={roles} onClose={close} />
      ) : (
        <KeyboardSheet roles={roles} onClose={close} />
      )}
    </Suspense>
  )
}

/** Answers how to stop listening. A dialog that is open keeps its keys to itself. */
function listen(perform: (id: ShortcutId) => void): () => void {
  const stop = new AbortController()
  let first: { key: string; at: number } | null = null
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.key === 'Shift') return
      if (document.querySelector('dialog[open]')) return
      const waiting = first && event.timeStamp - first.at < SECOND_KEY_MS ? first.key : null
      const heard = hearKey(strokeOf(event), waiting, singleKeysOn())
      first = heard.waiting ? { key: heard.waiting, at: event.timeStamp } : null
      if (!heard.shortcut) return
      event.preventDefault()
      perform(heard.shortcut.id)
    },
    { signal: stop.signal },
  )
  return () => stop.abort()
}

type GoTo = (href: string) => void

/** What each key does. */
const ACTS = {
  palette: () => showOverlay('palette'),
  sheet: () => showOverlay('sheet'),
  search: () => {
    if (!focusSearch()) showOverlay('palette')
  },
  'go-keys': (goTo) => goTo(routes.keys()),
  'go-reviews': (goTo) => goTo(routes.reviews()),
  'go-audit': (goTo) => goTo(routes.audit()),
  'go-import': (goTo) => goTo(routes.newImport()),
  'next-row': () => moveRow(1),
  'previous-row': () => moveRow(-1),
  'select-row': selectRow,
  'open-row': openRow,
} as const satisfies Record<ShortcutId, (goTo: GoTo) => void>
