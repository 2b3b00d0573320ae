import 'server-only'
import { NextResponse } from 'next/server'
import { routes } from '@/lib/routes'
import { sessionCookie } from '../auth/session-cookie'
import { sessionTokenOf } from '../auth/session-token'
import { env } from '../env'
import { flowCookie, type OidcFlow } from './flow'
import { noticeCookie, type OidcNotice } from './notice'
import type { SealedCookie } from './sealed-cookie'

/** To a page of this console, with whatever was begun at the provider ended. */
export function toPage(path: string): NextResponse {
  const response = NextResponse.redirect(new URL(path, env().publicUrl), 303)
  response.headers.set('cache-control', 'no-store')
  const { name, options } = flowCookie.setting()
  response.cookies.set(name, '', { ...options, maxAge: 0 })
  return response
}

/** To the provider; the browser carries what the answer is recognised by. */
export async function toProvider(url: URL, flow: OidcFlow): Promise<NextResponse> {
  const response = NextResponse.redirect(url, 303)
  response.headers.set('cache-control', 'no-store')
  await setSealed(response, flowCookie, flow)
  return response
}

export async function toSignedIn(sessionId: string, destination: string): Promise<NextResponse> {
  const response = toPage(destination)
  const { name, options } = sessionCookie()
  response.cookies.set(name, await sessionTokenOf(sessionId), options)
  return response
}

/** To the page that says what came of it. */
export async function toNotice(notice: OidcNotice): Promise<NextResponse> {
  const response = toPage(notice.kind === 'sign-in' ? routes.signInRefused() : routes.stepUpOutcome())
  await setSealed(response, noticeCookie, notice)
  return response
}

async function setSealed<T>(response: NextResponse, cookie: SealedCookie<T>, value: T): Promise<void> {
  const { name, options } = cookie.setting()
  response.cookies.set(name, await cookie.seal(value), options)
}
