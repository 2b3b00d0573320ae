import { el, freshId } from './element'

/** A place to choose one file or to drop it. What was chosen before is let go by choosing again. */
export function fileDrop(label: string, hint: string, onFile: (file: File) => void): HTMLElement {
  const id = freshId('file')
  const input = el('input', { type: 'file', id, 'aria-describedby': `${id}-hint` })
  const zone = el(
    'div',
    { class: 'drop' },
    el('label', { for: id }, label),
    el('p', { class: 'hint', id: `${id}-hint` }, hint),
    input,
  )
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    // The same file may be chosen again, after it was mended.
    input.value = ''
    if (file) onFile(file)
  })
  zone.addEventListener('dragenter', () => zone.classList.add('over'))
  zone.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && zone.contains(relatedTarget))) zone.classList.remove('over')
  })
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('over')
    const [file] = event.dataTransfer?.files ?? []
    if (file) onFile(file)
  })
  return zone
}

/** A file that is dropped beside its place would take the place of the whole page. */
export function holdDropsBeside(): void {
  for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, (event) => event.preventDefault())
}
