import { routes } from '@/lib/routes'

/**
 * The one table of keys: the handler hears what stands here, and the sheet shows it. Strokes are separated by a space;
 * `Mod` is Ctrl, or Command on Apple's machines.
 */
export const SHORTCUTS = [
  { id: 'palette', group: 'anywhere', strokes: ['Mod+k'], words: 'Command palette' },
  { id: 'sheet', group: 'anywhere', strokes: ['?'], words: 'These keys' },
  { id: 'search', group: 'anywhere', strokes: ['/'], words: 'Search this page, or the keys' },
  { id: 'go-keys', group: 'go', strokes: ['g k'], words: 'Go to Keys', href: routes.keys() },
  { id: 'go-reviews', group: 'go', strokes: ['g r'], words: 'Go to Review', href: routes.reviews() },
  { id: 'go-audit', group: 'go', strokes: ['g a'], words: 'Go to Audit', href: routes.audit() },
  { id: 'go-import', group: 'go', strokes: ['g i'], words: 'Go to Import', href: routes.newImport() },
  { id: 'next-row', group: 'rows', strokes: ['j'], words: 'Next row' },
  { id: 'previous-row', group: 'rows', strokes: ['k'], words: 'Previous row' },
  { id: 'select-row', group: 'rows', strokes: ['x'], words: 'Select the row, or leave it out again (Keys)' },
  // Enter is the browser's own: the row's link has the focus.
  { id: 'open-row', group: 'rows', strokes: ['e'], native: 'Enter', words: 'Open the row' },
] as const satisfies readonly Shortcut[]

export const SHORTCUT_GROUPS = { anywhere: 'Anywhere', go: 'Go to', rows: 'In a table' } as const

interface Shortcut {
  id: string
  group: keyof typeof SHORTCUT_GROUPS
  strokes: readonly string[]
  /** A key that does the same without us. */
  native?: string
  words: string
  href?: string
}

export type KnownShortcut = (typeof SHORTCUTS)[number]
export type ShortcutId = KnownShortcut['id']

/** A key without a modifier is also what speech input and a slipping hand send (WCAG 2.1.4): these can be switched off. */
export function isSingleKey({ strokes }: Shortcut): boolean {
  return strokes.every((stroke) => !stroke.startsWith('Mod+'))
}
