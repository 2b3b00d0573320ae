import 'server-only'
import type { Context } from '../context'

/** Names by id, of everybody who is named in a list: one query. */
export async function namePeople(
  db: Context['db'],
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  const people = wanted.length
    ? await db.person.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
    : []
  const names = new Map(people.map((person) => [person.id, person.name]))
  return (id) => (id ? (names.get(id) ?? 'somebody unknown') : 'the console')
}
