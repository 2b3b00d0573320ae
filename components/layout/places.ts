import { hasPermission, type Permission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import type { DrawingName } from '../ui/drawing-paths'

export type NavItem = {
  label: string
  href: string
  icon: DrawingName
  /** The item whose badge counts what waits. */
  counted?: 'waitingReviews' | 'waitingProposals' | 'notices'
}

const PLACES: readonly (NavItem & { needs: Permission })[] = [
  { label: 'Start', href: routes.start(), icon: 'house', needs: 'keys.read' },
  { label: 'Keys', href: routes.keys(), icon: 'keyRound', needs: 'keys.read' },
  { label: 'KEKs', href: routes.keks(), icon: 'fileKey', needs: 'keks.read' },
  { label: 'Import', href: routes.newImport(), icon: 'import', needs: 'imports.create' },
  { label: 'Review', href: routes.reviews(), icon: 'clipboardCheck', needs: 'reviews.read', counted: 'waitingReviews' },
  { label: 'Notices', href: routes.notifications(), icon: 'bell', needs: 'notices.read', counted: 'notices' },
  { label: 'Audit', href: routes.audit(), icon: 'bookOpenCheck', needs: 'audit.read' },
  { label: 'Releases', href: routes.releases(), icon: 'lockOpen', needs: 'releases.read' },
  { label: 'Vaults', href: routes.vaults(), icon: 'vault', needs: 'connections.read' },
  {
    label: 'Proposals',
    href: routes.proposals(),
    icon: 'userCheck',
    needs: 'proposals.read',
    counted: 'waitingProposals',
  },
  { label: 'People', href: routes.people(), icon: 'users', needs: 'people.read' },
]

/** The places that somebody may enter. A place is no control: what they can't open, they need not walk past. */
export function placesFor(roles: readonly Role[]): readonly NavItem[] {
  return PLACES.filter((place) => hasPermission(roles, place.needs))
}
