import 'server-only'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context } from '../context'
import type { StepUp } from '../db/generated/client'
import { refillAllowance } from '../doors/rate-limit'
import { passStepUp } from '../step-up/pass-step-up'
import { recordRefusedStepUp } from '../step-up/refuse-step-up'
import { waitingStepUp } from '../step-up/waiting-step-up'
import { type StepUpFlow, stateSha256 } from './flow'
import { freshness } from './freshness'
import type { Identity } from './identity'
import type { OidcProvider } from './provider'

/** The provider's answer to a step-up: the same person, signed in after they were asked, for this act of this session. */
export async function finishStepUp(
  ctx: Context,
  actor: Actor,
  provider: OidcProvider,
  { answer, flow }: { answer: URLSearchParams; flow: StepUpFlow },
): Promise<Result<void, OidcRefusal>> {
  const waiting = await takeWaiting(ctx, actor, flow)
  const proved = waiting ? await prove(ctx, actor, provider, { answer, flow, waiting }) : err('step-up-gone' as const)
  if (proved.ok) return proved
  await recordRefusedStepUp(ctx, actor, { method: 'oidc', code: proved.error, action: waiting?.action ?? null })
  return proved
}

/** The act that this very state was made for; the state is used up by it, whatever comes of the answer. */
async function takeWaiting(
  ctx: Context,
  actor: Actor,
  { stepUpId, sessionId, checks }: StepUpFlow,
): Promise<StepUp | null> {
  if (actor.sessionId !== sessionId) return null
  const waiting = await waitingStepUp(ctx.db, actor, { stepUpId, method: 'oidc', now: ctx.clock() })
  if (!waiting.ok) return null
  const { count } = await ctx.db.stepUp.updateMany({
    where: { id: stepUpId, passedAt: null, challenge: stateSha256(checks.state) },
    data: { challenge: null },
  })
  return count === 1 ? waiting.value : null
}

async function prove(
  ctx: Context,
  actor: Actor,
  provider: OidcProvider,
  { answer, flow, waiting }: { answer: URLSearchParams; flow: StepUpFlow; waiting: StepUp },
): Promise<Result<void, OidcRefusal>> {
  const redeemed = await provider.redeem(answer, flow.checks)
  if (!redeemed.ok) return err(redeemed.error.code)
  if (!isSamePerson(actor, redeemed.value)) return err('another-person')
  const fresh = freshness(redeemed.value.authTime, { askedAt: waiting.askedAt, now: ctx.clock() })
  if (fresh !== 'fresh') return err(fresh)
  const passed = await passStepUp(ctx, actor, flow.stepUpId, 'oidc')
  if (!passed.ok) return err('step-up-gone')
  await refillAllowance(ctx, `step-up:${actor.personId}`)
  return ok(undefined)
}

const isSamePerson = (actor: Actor, { issuer, subject }: Identity) =>
  actor.issuer === issuer && actor.subject === subject
