import { el } from './element'

export interface Tab {
  id: string
  title: string
  panel: HTMLElement
}

/** Tabs of one page: arrow keys go along them. What stands in a hidden one stays. */
export function tabs(label: string, all: readonly Tab[]): HTMLElement {
  const buttons = all.map(({ id, title }) =>
    el('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}` }, title),
  )
  function show(index: number): void {
    for (const [at, { panel }] of all.entries()) {
      panel.hidden = at !== index
      buttons[at]?.setAttribute('aria-selected', String(at === index))
      buttons[at]?.setAttribute('tabindex', at === index ? '0' : '-1')
    }
  }
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => show(index))
    button.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
      if (step === 0) return
      const next = (index + step + all.length) % all.length
      show(next)
      buttons[next]?.focus()
    })
  }
  for (const { id, panel } of all) {
    panel.id = `panel-${id}`
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', `tab-${id}`)
  }
  show(0)
  const list = el('div', { role: 'tablist', 'aria-label': label, class: 'tabs' }, ...buttons)
  return el('div', {}, list, ...all.map(({ panel }) => panel))
}
