import { el, freshId } from './element'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export interface Field<Of extends Control> {
  element: HTMLElement
  control: Of
  /** Shows what is wrong beside the control and leads the reader there; `null` takes it away. */
  tell(problem: string | null): void
}

/** A control under its label, with a hint and a place for what is wrong. */
export function field<Of extends Control>(label: string, control: Of, hint?: string): Field<Of> {
  const id = freshId('field')
  control.id = id
  const problemId = `${id}-problem`
  const hintId = `${id}-hint`
  control.setAttribute('aria-describedby', hint ? `${hintId} ${problemId}` : problemId)
  const problem = el('p', { class: 'problem', id: problemId })
  const element = el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    hint ? el('p', { class: 'hint', id: hintId }, hint) : null,
    problem,
    control,
  )
  function tell(words: string | null): void {
    problem.textContent = words
    element.classList.toggle('wrong', words !== null)
    if (words === null) control.removeAttribute('aria-invalid')
    else {
      control.setAttribute('aria-invalid', 'true')
      control.focus()
    }
  }
  return { element, control, tell }
}

export const textInput = (attributes: Record<string, string> = {}): HTMLInputElement =>
  el('input', { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', ...attributes })

/** A box to tick, its words beside it. */
export function tick(words: string, onChange: (ticked: boolean) => void): HTMLElement {
  const box = el('input', { type: 'checkbox' })
  box.addEventListener('change', () => onChange(box.checked))
  return el('label', { class: 'tick' }, box, el('span', {}, words))
}
