'use client'

import clsx from 'clsx'
import MoreHorizontal from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { buttonClass } from './control-style'
import { Icon } from './icon'
import type { MenuItem, MenuProps } from './menu'

/** The part of a Menu that loads when it is first opened. Not modal: a modal one writes a style element, which the CSP refuses. */
export default function OpenedMenu({ label, items }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger className={buttonClass('quiet', 'small')}>
        <Icon icon={MoreHorizontal} label={label} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          aria-label={label}
          className="z-50 min-w-44 max-w-80 rounded border bg-raised p-1 text-sm text-text shadow-float"
        >
          {items.map((item) => (
            <Entry key={item.label} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Entry({ item }: { item: MenuItem }) {
  const look = clsx(
    'flex min-h-8 cursor-pointer flex-col justify-center rounded-sm px-2.5 py-1 outline-none data-[highlighted]:bg-accent-soft',
    item.danger && 'text-danger',
    item.disabledReason && 'cursor-not-allowed text-text-muted',
  )
  if (item.href && !item.disabledReason) {
    return (
      <DropdownMenu.Item asChild className={look}>
        <Link href={item.href} prefetch={false}>
          {item.label}
        </Link>
      </DropdownMenu.Item>
    )
  }
  return (
    <DropdownMenu.Item
      className={look}
      aria-disabled={item.disabledReason ? true : undefined}
      onSelect={(event) => (item.disabledReason ? event.preventDefault() : item.onSelect?.())}
    >
      {item.label}
      {item.disabledReason ? <span className="text-xs">{item.disabledReason}</span> : null}
    </DropdownMenu.Item>
  )
}
