import Bell from 'lucide-react/icons/bell'
import BookOpenCheck from 'lucide-react/icons/book-open-check'
import ClipboardCheck from 'lucide-react/icons/clipboard-check'
import FileKey from 'lucide-react/icons/file-key'
import House from 'lucide-react/icons/house'
import Import from 'lucide-react/icons/import'
import KeyRound from 'lucide-react/icons/key-round'
import LockOpen from 'lucide-react/icons/lock-open'
import UserCheck from 'lucide-react/icons/user-check'
import Users from 'lucide-react/icons/users'
import Vault from 'lucide-react/icons/vault'
import { hasPermission, type Permission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import type { IconType } from '../ui/icon'

export type NavItem = {
  label: string
  href: string
  icon: IconType
  /** The item whose badge counts what waits. */
  counted?: 'waitingReviews' | 'waitingProposals' | 'notices'
}

const PLACES: readonly (NavItem & { needs: Permission })[] = [
  { label: 'Start', href: routes.start(), icon: House, needs: 'keys.read' },
  { label: 'Keys', href: routes.keys(), icon: KeyRound, needs: 'keys.read' },
  { label: 'KEKs', href: routes.keks(), icon: FileKey, needs: 'keks.read' },
  { label: 'Import', href: routes.newImport(), icon: Import, needs: 'imports.create' },
  { label: 'Review', href: routes.reviews(), icon: ClipboardCheck, needs: 'reviews.read', counted: 'waitingReviews' },
  { label: 'Notices', href: routes.notifications(), icon: Bell, needs: 'notices.read', counted: 'notices' },
  { label: 'Audit', href: routes.audit(), icon: BookOpenCheck, needs: 'audit.read' },
  { label: 'Releases', href: routes.releases(), icon: LockOpen, needs: 'releases.read' },
  { label: 'Vaults', href: routes.vaults(), icon: Vault, needs: 'connections.read' },
  {
    label: 'Proposals',
    href: routes.proposals(),
    icon: UserCheck,
    needs: 'proposals.read',
    counted: 'waitingProposals',
  },
  { label: 'People', href: routes.people(), icon: Users, needs: 'people.read' },
]

/** The places that somebody may enter. A place is no control: what they can't open, they need not walk past. */
export function placesFor(roles: readonly Role[]): readonly NavItem[] {
  return PLACES.filter((place) => hasPermission(roles, place.needs))
}
