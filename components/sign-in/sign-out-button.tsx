'use client'

import { chooseTheme, parseTheme } from '@/lib/client/theme'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { postToNextAuth } from './post-to-next-auth'

/** Ends the session's row, not only the cookie. Other tabs find out by their next request. */
export function SignOutButton() {
  async function signOut() {
    const theme = document.documentElement.dataset.theme
    await postToNextAuth('signout', {})
    chooseTheme(parseTheme(theme)) // the answer clears everything of this site, and this is no secret
    window.location.assign(routes.signIn())
  }
  return <Button onClick={signOut}>Sign out</Button>
}
