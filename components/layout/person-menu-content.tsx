import type { Theme } from '@/lib/client/theme'
import { routes } from '@/lib/routes'
import { SheetButton } from '../palette/sheet-button'
import { SingleKeysSwitch } from '../palette/single-keys-switch'
import { SignOutButton } from '../sign-in/sign-out-button'
import { TextLink } from '../ui/text-link'
import type { Person } from './types'
import { ViewSwitches } from './view-switches'

/** Who is signed in, how they look at the console, and the way out. */
export function PersonMenuContent({ person, theme }: { person: Person; theme: Theme }) {
  return (
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
  )
}
