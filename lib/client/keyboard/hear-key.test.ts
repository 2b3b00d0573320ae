import { describe, expect, it } from 'vitest'
import { hearKey, type Stroke } from './hear-key'
import { isSingleKey, SHORTCUTS } from './shortcuts'

const plain = { mod: false, other: false, typing: false }
const press = (key: string, more: Partial<Stroke> = {}): Stroke => ({ ...plain, key, ...more })

/** Every stroke of a sequence, heard one after the other. */
function heard(stroke: string, more: Partial<Stroke> = {}, singles = true) {
  let waiting: string | null = null
  let last = null
  for (const part of stroke.split(' ')) {
    const mod = part.startsWith('Mod+')
    const answer = hearKey(press(mod ? part.slice(4) : part, { mod, ...more }), waiting, singles)
    waiting = answer.waiting
    last = answer.shortcut?.id ?? null
  }
  return last
}

describe('the table of keys', () => {
  const strokes = SHORTCUTS.flatMap((shortcut) => shortcut.strokes.map((stroke) => ({ stroke, id: shortcut.id })))

  it('gives no key two meanings, and no key a meaning that begins another', () => {
    for (const { stroke } of strokes) {
      const alike = strokes.filter((other) => other.stroke === stroke || other.stroke.startsWith(`${stroke} `))
      expect(alike).toHaveLength(1)
    }
  })

  it.each(strokes)('hears $stroke as $id', ({ stroke, id }) => {
    expect(heard(stroke)).toBe(id)
  })

  it.each(SHORTCUTS.filter(isSingleKey))('hears $id neither in a field nor where single keys are off', (shortcut) => {
    for (const stroke of shortcut.strokes) {
      expect(heard(stroke, { typing: true })).toBeNull()
      expect(heard(stroke, {}, false)).toBeNull()
    }
  })

  it('opens the palette from within a field, and where single keys are off', () => {
    expect(heard('Mod+k', { typing: true }, false)).toBe('palette')
  })
})

describe('a key', () => {
  it.each(['j', 'x', '?', 'k'])('with another modifier is the browser’s: %s', (key) => {
    expect(hearKey(press(key, { other: true }), null, true).shortcut).toBeNull()
  })

  it('that follows the first of two and leads nowhere counts for itself', () => {
    const { waiting } = hearKey(press('g'), null, true)
    expect(waiting).toBe('g')
    expect(hearKey(press('j'), waiting, true).shortcut?.id).toBe('next-row')
    expect(hearKey(press('g'), waiting, true).waiting).toBe('g')
  })

  it('without a letter means nothing, and ends what waits', () => {
    expect(hearKey(press('Escape'), 'g', true)).toEqual({ shortcut: null, waiting: null })
  })
})
