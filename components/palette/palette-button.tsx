'use client'

import { showOverlay } from '@/lib/client/palette/overlay'
import { Drawing } from '../ui/drawing'

/** The way to the palette for a hand on the mouse, and where one learns of its key. */
export function PaletteButton() {
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => showOverlay('palette')}
      className="flex min-h-8 w-full items-center gap-2.5 rounded border bg-paper px-2.5 text-left text-sm text-text-muted hover:border-line-strong hover:text-text"
    >
      <Drawing name="search" />
      <span className="flex-1">Find or do</span>
      <span aria-hidden="true" className="text-xs">
        Ctrl K
      </span>
    </button>
  )
}
