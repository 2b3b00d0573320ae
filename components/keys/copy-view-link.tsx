'use client'

import { buttonClass } from '../ui/control-style'
import { Drawing } from '../ui/drawing'
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
        <Drawing name={state === 'copied' ? 'check' : 'link'} className="size-3.5" />
        Copy link to this view
      </button>
      <span role="status" className={state === 'failed' ? 'text-danger text-table' : 'sr-only'}>
        {said[state]}
      </span>
    </span>
  )
}
