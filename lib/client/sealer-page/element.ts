/** What an element is made of: text is never read as markup. `null` and `false` stand for nothing. */
export type Child = Node | string | null | false

type Listeners = { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void }

export interface Attributes {
  class?: string
  on?: Listeners
  /** Any other attribute; `true` gives it without a value, `false` and `undefined` leave it out. */
  [attribute: string]: string | boolean | number | Listeners | undefined
}

/** An element with its attributes, listeners and children. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { on = {}, ...attributes }: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || typeof value === 'object') continue
    element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const [name, listener] of Object.entries(on)) {
    // Object.entries forgets that each listener is for the event of its own name.
    element.addEventListener(name, listener as EventListener)
  }
  element.append(...children.filter((child) => child !== null && child !== false))
  return element
}

let made = 0
/** An id that no other element has. */
export const freshId = (word: string): string => `${word}-${++made}`

/** Puts a heading or an alert before the reader: where it begins anew, the keyboard goes on from there. */
export function bringUp(element: HTMLElement): void {
  element.tabIndex = -1
  element.focus()
}
