import type { LucideIcon } from 'lucide-react'

export type IconType = LucideIcon

type IconProps = { icon: IconType; label?: string; size?: number; className?: string }

/** A 16 px lucide icon. With a label it is an image of that name; without, it is decoration beside a word. */
export function Icon({ icon: Drawing, label, size = 16, className }: IconProps) {
  const name = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true }
  return <Drawing size={size} strokeWidth={1.75} className={`shrink-0 ${className ?? ''}`} {...name} />
}
