import 'server-only'
import type { NextRequest } from 'next/server'
import { routes } from '@/lib/routes'
import { currentActor } from '../auth/current-actor'
import { sameOriginPath } from '../auth/same-origin-path'
import { runtimeContext } from '../runtime'
import { oidcDoor, placeOf } from './oidc-door'
import { recordNamelessRefusal } from './record-refused-sign-in'
import { toNotice, toPage, toProvider } from './responses'

/** A link of ours leads here; a page elsewhere that leads here is led to the sign-in page instead, where a person decides. */
export const beginSignIn = oidcDoor('sign-in', async (provider, request) => {
  const next = sameOriginPath(request.nextUrl.searchParams.get('next'))
  if (!isOwnLink(request)) return toPage(routes.signIn(next))
  if (await currentActor()) return toPage(next ?? routes.start())
  const begun = await provider.begin({ fresh: false })
  if (!begun.ok) {
    await recordNamelessRefusal(runtimeContext(), begun.error, placeOf(request))
    return toNotice({ kind: 'sign-in', code: begun.error.code, who: null })
  }
  const { url, checks } = begun.value
  return toProvider(url, { kind: 'sign-in', checks, destination: next ?? routes.start() })
})

/** Typed, bookmarked or clicked here. Browsers that say nothing are let through: the state binds what follows. */
export function isOwnLink(request: NextRequest): boolean {
  const site = request.headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
}
