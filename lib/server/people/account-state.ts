import 'server-only'
import type { AccountState } from '@/lib/domain/people/views'
import type { Invitation, Person } from '../db/generated/client'

/** The invitation that could still have been used: the last one that nobody used or took back. */
export function accountState(
  person: Pick<Person, 'disabledAt' | 'passwordHash'>,
  invitation: Pick<Invitation, 'expiresAt'> | undefined,
  now: Date,
): AccountState {
  if (person.disabledAt) return 'closed'
  if (person.passwordHash || !invitation) return 'open'
  return invitation.expiresAt > now ? 'invited' : 'invitation-lapsed'
}

/** Prisma's include for `accountState`. */
export const OPEN_INVITATION = {
  where: { usedAt: null, voidedAt: null },
  orderBy: { createdAt: 'desc' },
  take: 1,
} as const
