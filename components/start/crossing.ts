import type { StatusView } from '@/lib/domain/connections/views'
import type { KekCounts } from '@/lib/domain/keks/views'
import { closedBecause } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import type { CrossingStep } from './crossing-steps'

type CrossingFacts = { status: StatusView; keks: KekCounts; roles: readonly Role[] }

/** The three steps as they stand, and which of them waits: reviews before imports before the first KEK. */
export function crossingSteps({ status, keks, roles }: CrossingFacts): CrossingStep[] {
  const { usable, openImports: open } = keks
  const waiting = status.waitingReviews
  const next = waiting > 0 ? 'review' : usable > 0 ? 'import' : 'kek'
  return [
    {
      title: 'A key exchange key goes out',
      told: 'The vault makes it and keeps it. You carry its public half to your HSM, and check it on a second path.',
      now: usable === 0 ? 'No usable KEK yet.' : `${count(usable, 'KEK')} to wrap under.`,
      link:
        usable > 0 ? { label: 'See the KEKs', href: routes.keks() } : { label: 'Create a KEK', href: routes.newKek() },
      closed: usable > 0 ? closedBecause(roles, 'keks.read') : closedBecause(roles, 'keks.create'),
      next: next === 'kek',
    },
    {
      title: 'The wrapped key comes in',
      told: 'Your HSM wraps the key under the KEK. The transfer blob is checked here, and the key arrives disabled.',
      now: open === 0 ? 'No import is under way.' : `${count(open, 'import')} not decided yet.`,
      link: { label: 'Import a key', href: routes.newImport() },
      closed: closedBecause(roles, 'imports.create'),
      next: next === 'import',
    },
    {
      title: 'A second officer enables it',
      told: 'Somebody else compares it with the ceremony record and enables exactly that version, or rejects it.',
      now: waiting === 0 ? 'No review is waiting.' : `${count(waiting, 'review')} waiting.`,
      link: { label: 'Open the reviews', href: routes.reviews() },
      closed: closedBecause(roles, 'reviews.read'),
      next: next === 'review',
    },
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
