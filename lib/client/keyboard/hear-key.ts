import { isSingleKey, type KnownShortcut, SHORTCUTS } from './shortcuts'

/** A key as it was pressed, without the browser's event. */
export interface Stroke {
  /** What it writes: `k`, `?`. */
  key: string
  /** Ctrl, or Command on Apple's machines. */
  mod: boolean
  /** Any other modifier but Shift, which is part of what a key writes. */
  other: boolean
  /** The focus is where letters are written. */
  typing: boolean
}

export interface Heard {
  shortcut: KnownShortcut | null
  /** The first of two keys, waiting for the second. */
  waiting: string | null
}

const NOTHING: Heard = { shortcut: null, waiting: null }

/** What a key means after the one that waits. `singles`: whether keys without a modifier count at all. */
export function hearKey(stroke: Stroke, waiting: string | null, singles: boolean): Heard {
  const spelt = spell(stroke)
  if (spelt === null) return NOTHING
  const allowed = stroke.mod || (singles && !stroke.typing)
  if (!allowed) return NOTHING
  const sequence = waiting ? `${waiting} ${spelt}` : spelt
  const known = SHORTCUTS.filter((shortcut) => stroke.mod !== isSingleKey(shortcut))
  const shortcut = known.find(({ strokes }) => strokes.some((candidate) => candidate === sequence)) ?? null
  if (shortcut) return { shortcut, waiting: null }
  const begins = known.some(({ strokes }) => strokes.some((candidate) => candidate.startsWith(`${sequence} `)))
  if (begins) return { shortcut: null, waiting: sequence }
  // A second key that leads nowhere is taken as a first one.
  return waiting ? hearKey(stroke, null, singles) : NOTHING
}

function spell({ key, mod, other }: Stroke): string | null {
  if (other || key.length !== 1) return null
  const letter = key.toLowerCase()
  return mod ? `Mod+${letter}` : letter
}
