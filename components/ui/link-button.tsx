import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './control-style'

type LinkButtonProps = {
  href: string
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** A file to save rather than a page to visit: no client navigation, no prefetch. */
  download?: boolean | string
  children: ReactNode
}

export function LinkButton({
  href,
  variant = 'secondary',
  size = 'medium',
  icon,
  download,
  children,
}: LinkButtonProps) {
  const className = buttonClass(variant, size)
  if (download !== undefined && download !== false) {
    return (
      <a href={href} download={download} className={className}>
        {icon}
        {children}
      </a>
    )
  }
  return (
    <Link href={href} className={className} prefetch={false}>
      {icon}
      {children}
    </Link>
  )
}
