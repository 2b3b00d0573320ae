'use client'

import { showOverlay } from '@/lib/client/palette/overlay'

/** In the person menu, so that the sheet is found also where single keys are off. */
export function SheetButton() {
  return (
    <button
      type="button"
      popoverTarget="person-menu"
      popoverTargetAction="hide"
      onClick={() => showOverlay('sheet')}
      className="self-start rounded-sm text-accent underline decoration-accent-line underline-offset-2 hover:decoration-current"
    >
      Keyboard shortcuts
    </button>
  )
}
