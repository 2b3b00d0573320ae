import 'server-only'
import { rolesWith } from '@/lib/domain/people/permissions'
import type { Context } from '../context'

/** Names of the people who may decide a review that the barred ones asked for. */
export async function listDeciders(db: Context['db'], barred: readonly (string | null)[]): Promise<string[]> {
  const people = await db.person.findMany({
    where: {
      disabledAt: null,
      roles: { some: { role: { in: [...rolesWith('reviews.decide')] } } },
      id: { notIn: barred.filter((id): id is string => id !== null) },
    },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return people.map((person) => person.name)
}
