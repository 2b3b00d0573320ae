'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Link from 'next/link'
import { useState } from 'react'
import { buttonClass } from '../ui/control-style'
import { Icon } from '../ui/icon'

export type FilterOption = { value: string; label: string; hint?: string; href: string; active: boolean }

type FilterMenuProps = { id: string; label: string; options: readonly FilterOption[] }

/** Filters over one property, as links in the browser's own popover, which stays open to choose several. */
export function FilterMenu({ options, ...props }: FilterMenuProps) {
  return <LazyFilterMenu {...props} chosen={options.filter(({ active }) => active).length} options={() => options} />
}

type LazyFilterMenuProps = { id: string; label: string; chosen: number; options: () => readonly FilterOption[] }

/**
 * The links are made and drawn when the menu is first opened: most visits open none, and the page is rendered for all
 * of them.
 */
export function LazyFilterMenu({ id, label, chosen, options }: LazyFilterMenuProps) {
  const [wanted, setWanted] = useState(false)
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        onClick={() => setWanted(true)}
        className={clsx(
          buttonClass('secondary', 'small'),
          'opens-a-menu min-h-9',
          chosen > 0 && 'border-accent text-accent',
        )}
      >
        {label}
        {chosen > 0 ? (
          <span className="tabular-nums">
            {chosen}
            <span className="sr-only"> chosen</span>
          </span>
        ) : null}
      </button>
      <div
        id={id}
        popover="auto"
        className="inset-auto m-0 mt-1 max-h-96 min-w-48 overflow-y-auto rounded border bg-raised p-1 text-text shadow-float [position-area:bottom_span-right] [position-try-fallbacks:flip-inline,flip-block]"
      >
        {wanted ? <Options label={label} options={options()} /> : null}
      </div>
    </>
  )
}

function Options({ label, options }: Pick<FilterMenuProps, 'label' | 'options'>) {
  return (
    <ul aria-label={label}>
      {options.map((option) => (
        <li key={option.value}>
          <Link
            href={option.href}
            prefetch={false}
            scroll={false}
            aria-current={option.active ? 'true' : undefined}
            className="flex min-h-7 items-center gap-2 rounded-sm px-2 py-1 text-table hover:bg-sunken focus-visible:outline-offset-[-2px]"
          >
            <span className="flex w-4 text-accent">{option.active ? <Icon icon={Check} size={14} /> : null}</span>
            <span className={clsx('flex-1', option.active && 'font-medium')}>{option.label}</span>
            {option.hint ? <span className="text-text-muted text-xs">{option.hint}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}
