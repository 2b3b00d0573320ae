import 'server-only'
import { Prisma } from '../db/generated/client'
import { SPANS_WITHOUT_RELEASE } from './spans-without-release-sql'

/** `digest` of each release within a span in which that version must not be released. */
export const BARRED_RELEASES = Prisma.sql`SELECT DISTINCT r.digest FROM (${SPANS_WITHOUT_RELEASE}) s
  JOIN log_call k ON k.connection_id = s.connection_id AND lower(k.key_name) = s.key
   AND k.act = 'release' AND k.decision = 'allowed' AND k.key_version IS NOT DISTINCT FROM s.version
   AND k.last_at >= s.since AND (s.until IS NULL OR k.first_at < s.until)
  JOIN log_record r ON r.call_id = k.id AND r.at >= s.since AND (s.until IS NULL OR r.at < s.until)`
