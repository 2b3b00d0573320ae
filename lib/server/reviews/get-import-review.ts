import 'server-only'
import { z } from 'zod'
import { hasPermission } from '@/lib/domain/people/permissions'
import { cannotDecide } from '@/lib/domain/reviews/may-decide'
import type { FactRow, ImportReview } from '@/lib/domain/reviews/views'
import { ProviderError } from '@/lib/providers/port'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context } from '../context'
import { toImportView } from '../imports/to-import-view'
import { isUuid } from '../is-uuid'
import { requirePermission } from '../people/require-permission'
import { isOnlyVersion, mayEverBeDeleted } from './deletable'
import { noteEnabledOutside } from './enabled-outside'
import { importFactRows } from './fact-rows'
import { findDecider } from './find-decider'
import { importReviewFacts, type LoadedImport, loadImport } from './load-import'
import { isSymmetric } from './read-expected'
import { readProgress } from './read-progress'
import { readFrozenRequest, rebuildRequest } from './rebuild-request'

/** A page does not wait longer than this for a vault. */
const FRESH_WITHIN_MS = 5_000

const preflightSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    group: z.string(),
    verdict: z.string(),
    fact: z.string(),
    remedy: z.string().optional(),
  }),
)

/** One review, with the facts of this moment. The vault's public-key value is in no part of it. */
export async function getImportReview(ctx: Context, actor: Actor, importId: string): Promise<ImportReview | null> {
  requirePermission(actor, 'reviews.read')
  const loaded = isUuid(importId) ? await loadImport(ctx.db, importId) : null
  if (!loaded) return null
  const { row } = loaded
  const facts = importReviewFacts(row, loaded.policy)
  const { frozenSha256 } = row
  const [fresh, approvals, decider, onlyVersion] = await Promise.all([
    readFacts(ctx, loaded),
    readProgress(ctx, actor, { importId: row.id }, { ...facts, frozenSha256 }),
    findDecider(ctx.db, actor.personId),
    mayEverBeDeleted(loaded) && hasPermission(actor.roles, 'keys.delete') ? isStillOnly(ctx, loaded) : false,
  ])
  return {
    import: { ...toImportView(loaded, approvals.others), status: row.status, revision: row.revision },
    ...fresh,
    frozenSha256,
    preflight: readPreflight(row.preflight),
    cannotDecide: decider ? (cannotDecide(decider, facts) ?? null) : 'role-missing',
    needsCheckValue: isSymmetric(row),
    addedToExistingName: !row.createdName,
    mayDelete: onlyVersion,
    approvals,
  }
}

interface Facts {
  facts: FactRow[] | null
  factsAt: string | null
  factsProblem: string | null
}

async function readFacts(ctx: Context, loaded: LoadedImport): Promise<Facts> {
  const { row, connection, importer, version } = loaded
  if (row.frozenRequest === null) return { facts: null, factsAt: null, factsProblem: 'No request was frozen.' }
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, version, { signal })
    if (key.attributes.enabled && row.status === 'awaiting_review') await noteEnabledOutside(ctx, loaded)
    const now = rebuildRequest(row, importer, connection, key)
    const enabled = { fact: 'Enabled', submitted: 'no', inVault: key.attributes.enabled ? 'yes' : 'no' }
    const rows = [
      ...importFactRows(readFrozenRequest(row), now),
      { ...enabled, differs: row.status === 'awaiting_review' && key.attributes.enabled },
    ]
    return { facts: rows, factsAt: ctx.clock().toISOString(), factsProblem: null }
  } catch (error) {
    return { facts: null, factsAt: null, factsProblem: vaultProblem(error).message ?? 'The vault could not be read.' }
  }
}

async function isStillOnly(ctx: Context, loaded: LoadedImport): Promise<boolean> {
  try {
    return await isOnlyVersion(ctx, loaded)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return false
  }
}

function readPreflight(stored: unknown): ImportReview['preflight'] {
  const parsed = preflightSchema.parse(stored)
  return parsed.map(({ remedy, ...check }) => (remedy === undefined ? check : { ...check, remedy }))
}
