import 'server-only'
import { z } from 'zod'
import { currentActor } from '../auth/current-actor'
import { runtimeContext } from '../runtime'
import { beginStepUp } from './begin-step-up'
import { oidcDoor } from './oidc-door'
import { toNotice, toProvider } from './responses'
import { isOwnLink } from './sign-in-route'

/** Opened in a window of its own by the dialog that asks who is there. */
export const beginStepUpAtProvider = oidcDoor('step-up', async (provider, request) => {
  const stepUpId = z.uuid().safeParse(request.nextUrl.searchParams.get('id')).data ?? null
  const actor = stepUpId && isOwnLink(request) ? await currentActor() : null
  if (!stepUpId || !actor) return toNotice({ kind: 'step-up', stepUpId, code: 'step-up-gone' })
  const begun = await beginStepUp(runtimeContext(), actor, provider, stepUpId)
  if (!begun.ok) return toNotice({ kind: 'step-up', stepUpId, code: begun.error })
  return toProvider(begun.value.url, begun.value.flow)
})
