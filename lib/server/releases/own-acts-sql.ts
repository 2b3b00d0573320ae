import 'server-only'
import type { OperationKind } from '@/lib/domain/operations/operation'
import type { ChangeOperation } from '@/lib/domain/releases/history/operation-names'
import { Prisma } from '../db/generated/client'

/** What each act of Drawbridge's looks like in a vault's log. */
const LOGGED_AS = {
  create_kek: ['KeyCreate'],
  create_key: ['KeyCreate', 'KeyUpdate'], // what arrives enabled is disabled at once
  retire_kek: ['KeyUpdate', 'KeyDelete'],
  import_key: ['KeyImport', 'KeyUpdate'], // what arrives enabled is disabled at once
  enable_key: ['KeyUpdate'],
  reject_key: ['KeyUpdate'],
  disable_key: ['KeyUpdate'],
  mark_compromised: ['KeyUpdate'],
  delete_key: ['KeyDelete'],
  reenable_key: ['KeyUpdate'],
  change_policy: ['KeyUpdate'],
  release_key: [],
} as const satisfies Record<OperationKind, readonly ChangeOperation[]>

/** Two clocks, ours and the vault's, are taken to be this far apart at most. */
const CLOCKS = Prisma.sql`interval '1 minute'`

const PAIRS = Object.entries(LOGGED_AS).flatMap(([kind, names]) => names.map((name) => Prisma.sql`(${kind}, ${name})`))

/**
 * Whether the change `r` is one of Drawbridge's own: an intent of that kind, on that key and version, was open when the
 * vault did it. The log's correlation id is not compared: whose id it is, is not documented.
 */
export const DONE_HERE = doneBy(
  Prisma.sql`true`,
  // Until a check value's window is seen closed, the reconciler goes on closing it.
  Prisma.sql`CASE WHEN o.status = 'indeterminate' AND o.phase IN ('check-value-window-open', 'check-value-window-closing')
    THEN 'infinity' ELSE coalesce(o.finished_at, o.deadline_at) END`,
)

/** The same by an act that is over: its span grows no shorter any more. */
export const EXPLAINED = doneBy(Prisma.sql`o.finished_at IS NOT NULL`, Prisma.sql`o.finished_at`)

function doneBy(acts: Prisma.Sql, until: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
  SELECT FROM operation o
   WHERE ${acts} AND o.connection_id = r.connection_id AND lower(o.key_name) = lower(r.key_name)
     AND (o.key_version IS NULL OR r.key_version IS NULL OR o.key_version = r.key_version)
     AND (o.kind::text, r.operation) IN (${Prisma.join(PAIRS)})
     AND r.at BETWEEN o.started_at - ${CLOCKS} AND ${until} + ${CLOCKS})`
}

/**
 * What the installation did itself when it made its local example: its end is an event that names the vaults. A vault that was
 * connected later is none of them, whatever its name.
 */
export const PART_OF_THE_EXAMPLE = Prisma.sql`EXISTS (
  SELECT FROM audit_event e JOIN connection c ON c.id = r.connection_id
   WHERE e.type = 'installation.estate-made' AND e.phase = 'succeeded' AND r.at <= e.at
     AND c.created_at <= e.at AND jsonb_exists(e.details -> 'vaults', c.name))`
