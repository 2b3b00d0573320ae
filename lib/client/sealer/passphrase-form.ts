import { el } from '../sealer-page/element'
import { field } from '../sealer-page/field'
import { paragraph } from '../sealer-page/parts'

/**
 * Asks for the passphrase of an encrypted file. It leaves the control as bytes and at once; what the engine keeps of the
 * control's text is beyond a page's reach.
 */
export function passphraseForm(
  fileName: string,
  lock: { cipher: string; kdf: string },
  problem: string | null,
  onPassphrase: (passphrase: Uint8Array<ArrayBuffer>) => void,
): HTMLElement {
  const control = el('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', 'data-first': true })
  const passphrase = field('Passphrase', control, 'Leave it empty if the file was saved without one.')
  const form = el(
    'form',
    { class: 'passphrase' },
    paragraph(`${fileName} is encrypted: ${lock.cipher}, ${lock.kdf}.`),
    passphrase.element,
    el('button', { type: 'submit' }, 'Open the file'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const bytes = new TextEncoder().encode(control.value)
    control.value = ''
    onPassphrase(bytes)
  })
  if (problem) passphrase.tell(problem)
  return form
}
