import 'server-only'
import type { InventorySort } from '@/lib/domain/keys/views'
import { Prisma } from '../db/generated/client'

const COLUMNS: Record<InventorySort, Prisma.Sql> = {
  name: Prisma.sql`lower(k.name)`,
  vault: Prisma.sql`lower(c.name)`,
  type: Prisma.sql`k.kty || ' ' || lpad(coalesce(k.size_or_curve, ''), 6, '0')`,
  state: Prisma.sql`state`,
  expires: Prisma.sql`k.expires_at`,
  updated: Prisma.sql`k.vault_updated_at`,
}

/** Never null: without a word about nulls the index on the name serves both directions. */
const ALWAYS_THERE: readonly InventorySort[] = ['name', 'vault', 'state']

/** What is not recorded comes last in either direction; name and id settle the rest, so that pages never overlap. */
export function sortSql(sort: InventorySort, descending: boolean): Prisma.Sql {
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const nulls = ALWAYS_THERE.includes(sort) ? Prisma.empty : Prisma.sql`NULLS LAST`
  return Prisma.sql`ORDER BY ${COLUMNS[sort]} ${direction} ${nulls}, lower(k.name), k.id`
}
