import 'server-only'
import type { EnableReview } from '@/lib/domain/reviews/views'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context } from '../context'
import { enableFactRows } from './fact-rows'
import type { LoadedEnableRequest } from './load-enable-request'
import { findRequest, readRequestReview } from './read-request-review'
import { buildEnableRequest, readFrozenEnable } from './rebuild-request'

/** A page does not wait longer than this for a vault. */
const FRESH_WITHIN_MS = 5_000

export async function getEnableReview(ctx: Context, actor: Actor, id: string): Promise<EnableReview | null> {
  const loaded = await findRequest(ctx, actor, id, 'enable')
  if (!loaded) return null
  const [request, fresh] = await Promise.all([readRequestReview(ctx, actor, loaded), readFacts(ctx, loaded)])
  return { ...request, ...fresh }
}

async function readFacts(
  ctx: Context,
  { row, connection, requester }: LoadedEnableRequest,
): Promise<Pick<EnableReview, 'facts' | 'factsProblem' | 'exportable'>> {
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, row.keyVersion, { signal })
    const frozen = readFrozenEnable(row)
    const now = buildEnableRequest(row.id, requester, connection, key, frozen.schema)
    return { facts: enableFactRows(frozen, now), factsProblem: null, exportable: key.attributes.exportable }
  } catch (error) {
    const factsProblem = vaultProblem(error).message ?? 'The vault could not be read.'
    return { facts: null, factsProblem, exportable: false }
  }
}
