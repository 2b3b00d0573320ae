import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { SignInPlace } from '../auth/sign-in'
import type { Context } from '../context'
import { takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'
import { networkOf } from '../doors/client-address'
import { admitPerson } from './admit-person'
import type { Identity } from './identity'
import type { FlowChecks, OidcProvider } from './provider'
import type { ProviderFault } from './provider-fault'
import { recordNamelessRefusal } from './record-refused-sign-in'
import type { Refused } from './refused'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** The provider's answer to a sign-in that was begun in this browser: a session, or why not. Each refusal is recorded. */
export async function finishSignIn(
  ctx: Needs,
  provider: OidcProvider,
  answered: Answered,
): Promise<Result<{ sessionId: string }, Refused>> {
  const { place } = answered
  const redeemed = await redeemOne(ctx, provider, answered)
  if (!redeemed.ok) {
    await recordNamelessRefusal(ctx, redeemed.error, place)
    return err({ code: redeemed.error.code, who: null })
  }
  const { issuer, subject, name } = redeemed.value
  const admitted = await admitPerson(ctx, provider, redeemed.value, place)
  return admitted.ok ? ok(admitted.value) : err({ code: admitted.error, who: { issuer, subject, name } })
}

interface Answered {
  answer: URLSearchParams
  checks: FlowChecks
  place: SignInPlace
}

/** Each is a call to the provider: one address asks for so many, as of passwords. */
async function redeemOne(
  ctx: Needs,
  provider: OidcProvider,
  { answer, checks, place }: Answered,
): Promise<Result<Identity, ProviderFault>> {
  const taken = await withinAuditTime(takeOf(ctx, 'sign-in:address', networkOf(place.address)))
  return taken.ok ? provider.redeem(answer, checks) : err({ code: 'rate-limited', fault: 'too many from one address' })
}
