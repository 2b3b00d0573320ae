import 'server-only'
import { headers } from 'next/headers'
import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { routes } from '@/lib/routes'
import { ADDRESS_HEADER } from '../doors/client-address'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { log } from '../log/log'
import { runtimeContext } from '../runtime'
import { sessionIdOfRequest } from './current-actor'
import { ABSOLUTE_MS } from './session-clock'
import { callbackCookie, csrfCookie, sessionCookie } from './session-cookie'
import { sessionTokenSchema } from './session-token'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

/** The user that `authorize` hands to the token: next-auth's `id` carries our session row's id. */
async function authorize(credentials: Record<string, string> | undefined): Promise<{ id: string } | null> {
  try {
    const sent = await headers()
    const place = {
      address: sent.get(ADDRESS_HEADER) ?? 'unknown',
      userAgent: sent.get('user-agent'),
      sessionBefore: await sessionIdOfRequest(),
    }
    const started = await signIn(runtimeContext(), credentials, place)
    return started && { id: started.sessionId }
  } catch (error) {
    logFailure(error, { where: 'sign-in', requestId: crypto.randomUUID() })
    throw new Error('unavailable') // next-auth puts these words into an address: ours, and nothing else
  }
}

const passwords = () =>
  CredentialsProvider({
    name: 'Password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize,
  })

/**
 * next-auth carries one thing in its token: which session row to look at. Everything about the person is read from the
 * database on each request. Its words for the log are codes; what goes with them may hold anything.
 */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    pages: { signIn: routes.signIn(), error: routes.signIn(), signOut: routes.start() },
    cookies: { sessionToken: sessionCookie(), csrfToken: csrfCookie(), callbackUrl: callbackCookie() },
    providers: env().localSignIn ? [passwords()] : [],
    callbacks: {
      jwt: ({ token, user }) => {
        if (user) return { sid: user.id }
        const known = sessionTokenSchema.safeParse(token)
        return known.success ? known.data : {}
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const known = sessionTokenSchema.safeParse(token)
        if (known.success) await signOut(runtimeContext(), known.data.sid)
      },
    },
    logger: {
      error: (code) => log('error', 'library', { where: 'next-auth', code }),
      warn: (code) => log('warn', 'library', { where: 'next-auth', code }),
      debug: () => undefined,
    },
  }
}
