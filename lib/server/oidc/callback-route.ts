import 'server-only'
import { currentActor, sessionIdOfRequest } from '../auth/current-actor'
import type { SignInPlace } from '../auth/sign-in'
import { runtimeContext } from '../runtime'
import { finishSignIn } from './finish-sign-in'
import { finishStepUp } from './finish-step-up'
import { flowCookie, isAnswerTo, type OidcFlow, type StepUpFlow } from './flow'
import { oidcDoor, placeOf } from './oidc-door'
import type { OidcProvider } from './provider'
import { recordNamelessRefusal } from './record-refused-sign-in'
import { toNotice, toSignedIn } from './responses'

/** The redirect URI. What was begun is ended by the first answer, whatever it is, so that none is taken twice. */
export const receiveAnswer = oidcDoor('sign-in', async (provider, request) => {
  const place = placeOf(request)
  const answer = request.nextUrl.searchParams
  const flow = await flowCookie.open(request.cookies.get(flowCookie.setting().name)?.value)
  if (!flow || !isAnswerTo(flow, answer)) {
    await recordNamelessRefusal(runtimeContext(), { code: 'flow-lost', fault: flow ? 'state' : 'nothing begun' }, place)
    return toNotice({ kind: 'sign-in', code: 'flow-lost', who: null })
  }
  return flow.kind === 'sign-in' ? endSignIn(provider, { answer, flow, place }) : endStepUp(provider, { answer, flow })
})

type SignInFlow = Extract<OidcFlow, { kind: 'sign-in' }>
type Ended<Flow> = { answer: URLSearchParams; flow: Flow }

async function endSignIn(
  provider: OidcProvider,
  { answer, flow, place }: Ended<SignInFlow> & { place: SignInPlace },
): Promise<Response> {
  const from = { ...place, sessionBefore: await sessionIdOfRequest() }
  const finished = await finishSignIn(runtimeContext(), provider, { answer, checks: flow.checks, place: from })
  if (!finished.ok) return toNotice({ kind: 'sign-in', ...finished.error })
  return toSignedIn(finished.value.sessionId, flow.destination)
}

/** Whoever comes back without the session that asked has nothing to confirm. */
async function endStepUp(provider: OidcProvider, { answer, flow }: Ended<StepUpFlow>): Promise<Response> {
  const { stepUpId } = flow
  const actor = await currentActor()
  if (!actor) return toNotice({ kind: 'step-up', stepUpId, code: 'step-up-gone' })
  const finished = await finishStepUp(runtimeContext(), actor, provider, { answer, flow })
  return toNotice({ kind: 'step-up', stepUpId, code: finished.ok ? null : finished.error })
}
