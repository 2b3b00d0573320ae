import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/server/auth/next-auth-options'

type Context = { params: Promise<{ nextauth: string[] }> }

/** Options are made per request: a build has no settings, and must not ask for them. */
function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, nextAuthOptions())
}

export { handle as GET, handle as POST }
