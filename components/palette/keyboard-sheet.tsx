'use client'

import { type KnownShortcut, SHORTCUT_GROUPS, SHORTCUTS } from '@/lib/client/keyboard/shortcuts'
import { useSingleKeys } from '@/lib/client/keyboard/single-keys'
import { onApple } from '@/lib/client/keyboard/stroke-of'
import type { Role } from '@/lib/domain/people/roles'
import { placesFor } from '../layout/places'
import { Dialog } from '../ui/dialog'
import { SingleKeysSwitch } from './single-keys-switch'

type KeyboardSheetProps = { roles: readonly Role[]; onClose: () => void }

/** Every key that does something, from the table that the handler hears. */
export default function KeyboardSheet({ roles, onClose }: KeyboardSheetProps) {
  const on = useSingleKeys()
  const open = new Set(placesFor(roles).map(({ href }) => href))
  const known = SHORTCUTS.filter((shortcut) => !('href' in shortcut) || open.has(shortcut.href))
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      {groups.map((group) => (
        <section key={group} aria-labelledby={`keys-${group}`} className="flex flex-col gap-1">
          <h3 id={`keys-${group}`} className="font-medium text-text-muted text-xs">
            {SHORTCUT_GROUPS[group]}
          </h3>
          <dl>
            {known
              .filter((shortcut) => shortcut.group === group)
              .map((shortcut) => (
                <Line key={shortcut.id} shortcut={shortcut} />
              ))}
          </dl>
        </section>
      ))}
      <div className="flex flex-col gap-1 border-t pt-4">
        <SingleKeysSwitch />
        <p className="text-table text-text-muted">
          {on
            ? 'They never count while you type in a field. Switch them off where speech input or a slip of the hand sets them off.'
            : `Only ${onApple() ? '⌘' : 'Ctrl'} K is heard now.`}
        </p>
      </div>
    </Dialog>
  )
}

const groups = Object.keys(SHORTCUT_GROUPS) as (keyof typeof SHORTCUT_GROUPS)[] // keys of a const object

function Line({ shortcut }: { shortcut: KnownShortcut }) {
  const native = 'native' in shortcut ? shortcut.native : null
  return (
    <div className="flex items-baseline justify-between gap-4 border-b py-1.5 last:border-b-0">
      <dt>{shortcut.words}</dt>
      <dd className="flex shrink-0 items-baseline gap-1.5 text-table text-text-muted">
        {shortcut.strokes.map((stroke) => (
          <Strokes key={stroke} stroke={stroke} />
        ))}
        {native ? (
          <>
            or <Key>{native}</Key>
          </>
        ) : null}
      </dd>
    </div>
  )
}

/** `g k`: one after the other. `Mod+k`: together. */
function Strokes({ stroke }: { stroke: string }) {
  const [first = '', then] = stroke.split(' ')
  return (
    <>
      {first.split('+').map((key) => (
        <Key key={key}>
          {key === 'Mod' ? (onApple() ? '⌘' : 'Ctrl') : first.includes('+') ? key.toUpperCase() : key}
        </Key>
      ))}
      {then ? (
        <>
          then <Key>{then}</Key>
        </>
      ) : null}
    </>
  )
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="min-w-6 rounded-sm border border-line-strong bg-surface px-1.5 text-center font-mono text-table text-text leading-5">
      {children}
    </kbd>
  )
}
