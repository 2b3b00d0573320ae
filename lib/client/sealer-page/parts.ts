import { type Child, el } from './element'

export type Tone = 'good' | 'attention' | 'danger' | 'information'

const MARKS: Record<Tone, string> = { good: '✓', attention: '!', danger: '✗', information: 'i' }

/** A message set apart. Its tone is a word of its title too: never a colour alone. */
export function notice(tone: Tone, title: string, ...children: readonly Child[]): HTMLElement {
  return el(
    'div',
    { class: `notice ${tone}`, role: tone === 'danger' ? 'alert' : false },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[tone]),
    el('div', {}, el('p', { class: 'notice-title' }, title), ...children),
  )
}

export const heading = (level: 'h2' | 'h3', text: string): HTMLElement => el(level, {}, text)
export const paragraph = (text: string, kind = ''): HTMLElement => el('p', { class: kind || undefined }, text)

/** Names and values. Rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  const shown = rows.filter(([, value]) => value !== null && value !== false && value !== '')
  return el(
    'dl',
    { class: 'facts' },
    ...shown.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  )
}

/** A digest in groups of four, as it stands on the sheet. */
export function fingerprint(hex: string): HTMLElement {
  const groups = hex.toUpperCase().match(/.{1,4}/g) ?? []
  return el('code', { class: 'fingerprint' }, ...groups.flatMap((group) => [el('span', {}, group), ' ']))
}

export const mono = (text: string): HTMLElement => el('code', { class: 'mono' }, text)

interface ButtonOptions {
  main?: boolean
  onClick: () => void
}

export const button = (text: string, { main = false, onClick }: ButtonOptions): HTMLButtonElement =>
  el('button', { type: 'button', class: main ? 'main' : undefined, on: { click: onClick } }, text)
