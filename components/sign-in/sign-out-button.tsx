'use client'

import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { postToNextAuth } from './post-to-next-auth'

/** Ends the session's row, not only the cookie. */
export function SignOutButton() {
  async function signOut() {
    await postToNextAuth('signout', {})
    window.location.assign(routes.signIn())
  }
  return <Button onClick={signOut}>Sign out</Button>
}
