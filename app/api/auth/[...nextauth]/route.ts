import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/server/auth/next-auth-options'

type Context = { params: Promise<{ nextauth: string[] }> }

/** Options are made per request: a build has no settings, and must not ask for them. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const answer: Response = await NextAuth(request, context, nextAuthOptions())
  const { nextauth } = await context.params
  if (request.method === 'POST' && nextauth[0] === 'signout') {
    answer.headers.set('Clear-Site-Data', '"cache", "cookies", "storage"')
  }
  return answer
}

export { handle as GET, handle as POST }
