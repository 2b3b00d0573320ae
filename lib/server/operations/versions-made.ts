import 'server-only'
import { Prisma } from '../db/generated/client'

export interface VaultName {
  connectionId: string
  name: string
  /** Left out: KEKs too, though their names have a rule of their own. */
  without?: 'keks'
}

/**
 * SQL, a number: how many versions of a name acts of this installation have made, as far as known. Read it **before** the
 * vault is asked whether the name is free; `madeNoMore` then holds it against the record in the intent's transaction.
 */
export function versionsMade(key: VaultName): Prisma.Sql {
  return Prisma.sql`(SELECT count(key_version)::int FROM operation WHERE ${isOf(key)})`
}

/**
 * SQL, true or NULL: whether since `before` no act has made a version of that name. One that is still open in this
 * transaction's eyes may have ended meanwhile, and then stops nobody: it counts as one more.
 */
export function madeNoMore(key: VaultName, before: number): Prisma.Sql {
  return Prisma.sql`(
    SELECT true FROM operation WHERE ${isOf(key)}
    HAVING count(key_version) = ${before}::int AND count(*) FILTER (WHERE status IN ('pending', 'indeterminate')) = 0)`
}

function isOf({ connectionId, name, without }: VaultName): Prisma.Sql {
  const kinds = without
    ? Prisma.sql`kind IN ('create_key', 'import_key')`
    : Prisma.sql`kind IN ('create_kek', 'create_key', 'import_key')`
  return Prisma.sql`connection_id = ${connectionId}::uuid AND lower(key_name) = lower(${name}) AND ${kinds}`
}
