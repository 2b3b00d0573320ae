'use client'

import { Command as Cmdk } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { mayLeave } from '@/lib/client/leave-guard'
import { COMMAND_GROUPS, type Command, type CommandGroup, findCommands } from '@/lib/client/palette/command'
import { readPageActions, readWaysUp } from '@/lib/client/palette/page-actions'
import type { Role } from '@/lib/domain/people/roles'
import { consoleCommands } from './console-commands'
import { useFoundKeys } from './use-found-keys'

type CommandPaletteProps = { roles: readonly Role[]; onClose: () => void }

/**
 * Everything by its name: the page's own actions first, then the way up, keys, places. Loaded when first opened, and never
 * rendered on the server: what it styles by script is allowed, what a document would carry inline is not.
 */
export default function CommandPalette({ roles, onClose }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const router = useRouter()
  const fixed = useMemo(
    () => [...readPageActions(document), ...readWaysUp(document), ...consoleCommands(roles)],
    [roles],
  )
  const keys = useFoundKeys(typed)
  const found = [...findCommands(fixed, typed), ...keys.commands]

  useEffect(() => {
    dialog.current?.showModal()
    // The dialog would give the focus to the list's frame, which only script can focus.
    input.current?.focus()
  }, [])

  /** Once the dialog is closed: what the command presses may open one of its own. */
  function choose(command: Command) {
    if (command.closed || (command.href !== undefined && !mayLeave())) return
    dialog.current?.close()
    if (command.href === undefined) queueMicrotask(command.run)
    else router.push(command.href)
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside it closes it, as Escape does
    <dialog
      ref={dialog}
      aria-label="Command palette"
      onClose={onClose}
      onClick={(event) => (event.target === dialog.current ? dialog.current?.close() : undefined)}
      className="mx-auto mt-[12vh] mb-auto w-[calc(100%-2rem)] max-w-xl overflow-hidden rounded border bg-raised p-0 text-text shadow-float"
    >
      <Cmdk label="Find a command, a page or a key" shouldFilter={false} loop className="flex max-h-[70vh] flex-col">
        <Cmdk.Input
          ref={input}
          value={typed}
          onValueChange={setTyped}
          placeholder="Find a command, a page or a key"
          className="w-full border-b bg-transparent px-4 py-3 text-base outline-none placeholder:text-text-muted"
        />
        <Cmdk.List
          label="Commands"
          className="min-h-0 flex-1 overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-muted [&_[cmdk-group-heading]]:text-xs"
        >
          {groups.map((group) => (
            <Group key={group} group={group} commands={found} onChoose={choose} />
          ))}
        </Cmdk.List>
        <p role="status" className="border-t px-4 py-2 text-table text-text-muted">
          {keys.words ?? countWords(found.length)}
        </p>
      </Cmdk>
    </dialog>
  )
}

const groups = Object.keys(COMMAND_GROUPS) as CommandGroup[] // keys of a const object: exactly CommandGroup

type GroupProps = { group: CommandGroup; commands: readonly Command[]; onChoose: (command: Command) => void }

function Group({ group, commands, onChoose }: GroupProps) {
  const own = commands.filter((command) => command.group === group)
  if (own.length === 0) return null
  return (
    <Cmdk.Group heading={COMMAND_GROUPS[group]}>
      {own.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={command.id}
          onSelect={() => onChoose(command)}
          className={`flex min-h-8 scroll-my-2 items-baseline justify-between gap-4 rounded-sm px-2.5 py-1.5 text-sm data-[selected=true]:bg-accent-soft ${command.closed ? 'cursor-not-allowed text-text-muted' : 'cursor-pointer'}`}
        >
          <span className="min-w-0 break-words">{command.label}</span>
          {command.hint ? <span className="min-w-0 text-right text-table text-text-muted">{command.hint}</span> : null}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}

function countWords(count: number): string {
  if (count === 0) return 'Nothing by that name. Keys are found by their name or a tag.'
  return count === 1 ? '1 command' : `${count} commands`
}
