'use client'

import type { ComponentProps } from 'react'
import { useFollowLink } from './follow-link'

type PlainLinkProps = Omit<ComponentProps<'a'>, 'onClick'> & {
  href: string
  /** Whether the page begins at its top again. */
  scroll?: boolean
}

/** A link within the console: next/link without its prefetching, which is off everywhere here. */
export function PlainLink({ href, scroll, children, ...props }: PlainLinkProps) {
  const follow = useFollowLink(scroll)
  return (
    <a href={href} onClick={follow} {...props}>
      {children}
    </a>
  )
}
