'use client'

import Check from 'lucide-react/icons/check'
import Link2 from 'lucide-react/icons/link-2'
import { buttonClass } from '../ui/control-style'
import { Icon } from '../ui/icon'
import { useCopied } from '../ui/use-copied'

const said = {
  idle: '',
  copied: 'Copied',
  failed: 'The browser refused to copy. Copy the address instead.',
} as const

/** Copies the address of what is on the screen; it holds search, filters, order and page. */
export function CopyViewLink() {
  const { state, copy } = useCopied()
  return (
    <span className="inline-flex items-center gap-2">
      <button
        type="button"
        className={buttonClass('quiet', 'small')}
        onClick={() => copy(window.location.origin + window.location.pathname + window.location.search)}
      >
        <Icon icon={state === 'copied' ? Check : Link2} size={14} />
        Copy link to this view
      </button>
      <span role="status" className={state === 'failed' ? 'text-danger text-table' : 'sr-only'}>
        {said[state]}
      </span>
    </span>
  )
}
