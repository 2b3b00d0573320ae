import 'server-only'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context } from '../context'
import type { StepUp } from '../db/generated/client'
import { takeOf } from '../doors/allowances'
import { permit } from '../permit'
import { recordRefusedStepUp } from '../step-up/refuse-step-up'
import { waitingStepUp } from '../step-up/waiting-step-up'
import { type StepUpFlow, stateSha256 } from './flow'
import type { OidcProvider } from './provider'

/**
 * Sends somebody back to the provider to sign in afresh, for one act. The state is that act's alone: its digest stands in
 * the act's row. The same allowance as of a password's tries, given back by a proof that was accepted.
 */
export async function beginStepUp(
  ctx: Context,
  actor: Actor,
  provider: OidcProvider,
  stepUpId: string,
): Promise<Result<Begun, OidcRefusal>> {
  if (!permit(actor, 'account.manage').ok) return err('step-up-gone')
  const taken = await takeOf(ctx, 'step-up', actor.personId)
  if (!taken.ok) return err('rate-limited')
  const waiting = await waitingStepUp(ctx.db, actor, { stepUpId, method: 'oidc', now: ctx.clock() })
  const begun = waiting.ok ? await bind(ctx, provider, waiting.value) : err('step-up-gone' as const)
  if (begun.ok) return begun
  const action = waiting.ok ? waiting.value.action : null
  await recordRefusedStepUp(ctx, actor, { method: 'oidc', code: begun.error, action })
  return begun
}

interface Begun {
  url: URL
  flow: StepUpFlow
}

async function bind(
  { db }: Context,
  provider: OidcProvider,
  { id: stepUpId, sessionId }: StepUp,
): Promise<Result<Begun, OidcRefusal>> {
  const begun = await provider.begin({ fresh: true })
  if (!begun.ok) return err(begun.error.code)
  const { url, checks } = begun.value
  const { count } = await db.stepUp.updateMany({
    where: { id: stepUpId, sessionId, passedAt: null },
    data: { challenge: stateSha256(checks.state) },
  })
  return count === 0 ? err('step-up-gone') : ok({ url, flow: { kind: 'step-up', checks, stepUpId, sessionId } })
}
