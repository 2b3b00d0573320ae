import type { Stroke } from './hear-key'

/** Inputs that write no letters. */
const WORDLESS = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color'])

export const onApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** What of a keyboard event is heard. */
export function strokeOf(event: KeyboardEvent): Stroke {
  const mod = onApple() ? event.metaKey : event.ctrlKey
  const foreign = onApple() ? event.ctrlKey : event.metaKey
  const other = foreign || event.altKey || (mod && event.shiftKey)
  return { key: event.key, mod, other, typing: isField(event.target) }
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WORDLESS.has(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLElement && target.isContentEditable
}
