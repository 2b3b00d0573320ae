import 'server-only'
import { Prisma } from '../db/generated/client'

/** `keyState` of the domain, for rows of key_record `k`: the same questions in the same order. */
export function stateSql(now: Date): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN k.purged_at IS NOT NULL THEN 'destroyed'
    WHEN k.deleted_at IS NOT NULL THEN 'destroy_pending'
    WHEN k.expires_at <= ${now} THEN 'deactivated'
    WHEN k.enabled IS NOT TRUE AND k.ever_enabled IS TRUE THEN 'suspended'
    WHEN k.enabled IS NOT TRUE AND k.ever_enabled IS FALSE THEN 'pre_activation'
    WHEN k.enabled IS NOT TRUE THEN 'disabled_unknown'
    WHEN k.not_before > ${now} THEN 'pre_activation'
    ELSE 'active' END`
}
