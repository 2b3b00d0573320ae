import 'server-only'
import type { Actor, ConnectionRow, Context } from '../context'
import type { Kek } from '../db/generated/client'
import { createKek } from '../keks/create-kek'

const DAY_MS = 24 * 60 * 60 * 1000
const NAMES_TRIED = 9

/** A KEK of the given name, or, where a start that was cut off left that name in an unclear state, of the next free one. */
export async function makeKek(
  ctx: Context,
  officer: Actor,
  connection: ConnectionRow,
  wish: { name: string; expiresDays: number },
): Promise<Kek> {
  const made = await ctx.db.kek.findFirst({
    where: { connectionId: connection.id, name: { startsWith: wish.name }, status: 'active' },
  })
  if (made) return made
  const expiresAt = new Date(ctx.clock().getTime() + wish.expiresDays * DAY_MS).toISOString()
  for (let nth = 1; nth <= NAMES_TRIED; nth += 1) {
    const name = nth === 1 ? wish.name : `${wish.name}-${nth}`
    const created = await createKek(ctx, officer, { connectionId: connection.id, name, bits: 3072, expiresAt })
    if (created.ok) return ctx.db.kek.findUniqueOrThrow({ where: { id: created.value.kekId } })
    if (!['key-busy', 'name-in-use', 'name-soft-deleted'].includes(created.error.code)) {
      throw new Error(`the example KEK ${name} was not made: ${created.error.code}`)
    }
  }
  throw new Error(`every name for the example KEK ${wish.name} is taken`)
}
