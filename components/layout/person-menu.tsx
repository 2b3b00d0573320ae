import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import type { Theme } from '@/lib/client/theme'
import { routes } from '@/lib/routes'
import { SheetButton } from '../palette/sheet-button'
import { SingleKeysSwitch } from '../palette/single-keys-switch'
import { SignOutButton } from '../sign-in/sign-out-button'
import { Icon } from '../ui/icon'
import { TextLink } from '../ui/text-link'
import type { Person } from './types'
import { ViewSwitches } from './view-switches'

type PersonMenuProps = { person: Person; theme: Theme }

/** Who is signed in, as what, and how they look at it. Opens on the browser's own popover layer, without script. */
export function PersonMenu({ person, theme }: PersonMenuProps) {
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
        <Icon icon={ChevronsUpDown} label="Your menu" size={14} className="text-text-muted" />
      </button>
      <div
        id="person-menu"
        popover="auto"
        className="fixed inset-auto right-4 bottom-18 m-0 w-64 rounded border bg-raised text-text shadow-float lg:right-auto lg:left-3"
      >
        <div className="flex flex-col gap-4 p-4">
          <div className="flex flex-col">
            <span className="font-medium text-sm">{person.name}</span>
            <span className="break-all text-table text-text-muted">{person.email}</span>
            <ul className="mt-2 flex flex-wrap gap-1" aria-label="Your roles">
              {person.roles.map((role) => (
                <li key={role} className="rounded border px-1.5 text-text-muted text-xs leading-5">
                  {role}
                </li>
              ))}
            </ul>
          </div>
          <ViewSwitches theme={theme} />
          <SingleKeysSwitch />
          <TextLink href={routes.account()}>Your account</TextLink>
          <SheetButton />
          <div className="border-t pt-3">
            <SignOutButton />
          </div>
        </div>
      </div>
    </>
  )
}
