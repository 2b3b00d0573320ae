import { chooseSingleKeys, singleKeysOn } from '@/lib/client/keyboard/single-keys'
import type { Command } from '@/lib/client/palette/command'
import { showOverlay } from '@/lib/client/palette/overlay'
import { hasPermission, type Permission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { placesFor } from '../layout/places'
import { chooseTimeZone } from '../ui/time-zone'

type Link = { label: string; href: string; needs: Permission; also: string }

const LINKS: readonly Link[] = [
  { label: 'Import a key', href: routes.newImport(), needs: 'imports.create', also: 'byok upload blob wizard new' },
  { label: 'Import several keys', href: routes.importQueue(), needs: 'imports.create', also: 'byok queue batch files' },
  {
    label: 'New exportable key',
    href: routes.newKey(),
    needs: 'keys.create',
    also: 'create generate release policy attestation skr',
  },
  { label: 'Create a KEK', href: routes.newKek(), needs: 'keks.create', also: 'new wrapping exchange key' },
  {
    label: 'Policy lab',
    href: routes.policyLab(),
    needs: 'releases.read',
    also: 'release policy attestation token test simulate claims editor',
  },
  { label: 'Connect a vault', href: routes.newVault(), needs: 'connections.manage', also: 'new add hsm' },
  { label: 'Invite a person', href: routes.newPerson(), needs: 'people.manage', also: 'new user officer propose' },
  { label: 'Your account', href: routes.account(), needs: 'account.manage', also: 'passkeys sessions password' },
]

/** What can be done from every page, as far as these roles reach. */
export function consoleCommands(roles: readonly Role[]): Command[] {
  const places = placesFor(roles).map(
    ({ label, href }) => ({ id: `place-${href}`, group: 'places', label, href }) as const,
  )
  const links = LINKS.filter(({ needs }) => hasPermission(roles, needs)).map(
    ({ label, href, also }) => ({ id: `to-${href}`, group: 'console', label, href, also }) as const,
  )
  return [...places, ...links, ...preferences()]
}

function preferences(): Command[] {
  const on = singleKeysOn()
  return [
    { id: 'sheet', group: 'console', label: 'Keyboard shortcuts', also: 'keys help', run: () => showOverlay('sheet') },
    {
      id: 'single-keys',
      group: 'console',
      label: on ? 'Switch single keys off' : 'Switch single keys on',
      also: 'keyboard shortcuts letters',
      run: () => chooseSingleKeys(!on),
    },
    { id: 'utc', group: 'console', label: 'Show times in UTC', also: 'zone', run: () => chooseTimeZone('utc') },
    {
      id: 'local',
      group: 'console',
      label: 'Show times in local time',
      also: 'zone',
      run: () => chooseTimeZone('local'),
    },
  ]
}
