'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import X from 'lucide-react/icons/x'
import { Icon } from './icon'
import { type CopyState, useCopied } from './use-copied'

type CopyButtonProps = {
  value: string
  /** What is copied, as in "Copy key id". */
  label: string
  /** Shows the label beside the icon. */
  withText?: boolean
}

const icons = { idle: Copy, copied: Check, failed: X } satisfies Record<CopyState, typeof Copy>
const said = {
  idle: '',
  copied: 'Copied',
  failed: 'The browser refused to copy. Select the text instead.',
} satisfies Record<CopyState, string>

/** Copies a value: a tick for two seconds, and "Copied" said aloud. */
export function CopyButton({ value, label, withText = false }: CopyButtonProps) {
  const { state, copy } = useCopied()
  return (
    <span className="inline-flex print:hidden">
      <button
        type="button"
        onClick={() => copy(value)}
        className={clsx(
          'inline-flex min-h-6 min-w-6 items-center justify-center gap-1.5 rounded-sm px-1 text-table hover:bg-sunken',
          state === 'idle' && 'text-text-muted hover:text-text',
          state === 'copied' && 'text-good',
          state === 'failed' && 'text-danger',
        )}
      >
        <Icon icon={icons[state]} size={14} />
        <span className={withText ? undefined : 'sr-only'}>{label}</span>
      </button>
      <span role="status" className="sr-only">
        {said[state]}
      </span>
    </span>
  )
}
