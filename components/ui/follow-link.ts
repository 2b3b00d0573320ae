'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent } from 'react'

/** A click that the browser itself has a use for: another tab, another window, a download. */
const isForTheBrowser = (event: MouseEvent<HTMLAnchorElement>) =>
  event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey

/**
 * For the links of long lists: plain anchors share this handler and lead on without loading the console anew, as
 * next/link does, which costs each of them a component with a dozen hooks.
 */
export function useFollowLink(scroll = true) {
  const router = useRouter()
  return (event: MouseEvent<HTMLAnchorElement>) => {
    const { href, target } = event.currentTarget
    if (isForTheBrowser(event) || (target && target !== '_self')) return
    event.preventDefault()
    router.push(href, { scroll })
  }
}

export type FollowLink = ReturnType<typeof useFollowLink>
