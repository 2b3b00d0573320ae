import { wipe } from '@/lib/crypto/bytes'
import { writePem } from '@/lib/crypto/pem'
import { bringUp, el } from '../sealer-page/element'
import { field, textInput, tick } from '../sealer-page/field'
import { fileDrop } from '../sealer-page/file-drop'
import { button, facts, fingerprint, heading, mono } from '../sealer-page/parts'
import { type GivenKek, KEK_TROUBLE, readKek, readKekKey } from './read-kek'

/** No public key is longer. */
const READ_AT_MOST = 64 * 1024

export interface KekSection {
  element: HTMLElement
  /** The KEK that is shown; null while none is. */
  given(): GivenKek | null
  /** Whether the officer said that its fingerprint is the sheet's. */
  isCompared(): boolean
  /** Leads to what is missing here. */
  ask(): void
}

interface KekSectionOptions {
  /** Asks to say that the fingerprint was compared: before sealing, not for looking at a blob. */
  compare: boolean
  onGiven: () => void
}

/** Where the KEK's public key and identifier are given, and shown to be compared. */
export function kekSection({ compare, onGiven }: KekSectionOptions): KekSection {
  let given: GivenKek | null = null
  let isCompared = false

  const key = field(
    'Public key of the KEK (PEM), or the text of the transfer sheet’s QR code',
    el('textarea', { rows: 4, spellcheck: 'false', autocomplete: 'off' }),
    'The QR text begins with drawbridge-kek:1 and holds the identifier too.',
  )
  const kid = field(
    'Key identifier (kid)',
    textInput(),
    'From the transfer sheet, with its version. Not needed with the QR text.',
  )
  const shown = el('div', { class: 'shown' })

  function letGo(): void {
    given = null
    isCompared = false
    shown.replaceChildren()
  }

  /** A file's content stands in the field only once it is known to be a public key. */
  async function choose(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.slice(0, READ_AT_MOST).arrayBuffer())
    const result = readKekKey(bytes)
    wipe(bytes)
    letGo()
    key.control.value = ''
    if (!result.ok) {
      key.tell(KEK_TROUBLE[result.error].words)
      return
    }
    const { spki, kid: named } = result.value
    key.control.value = writePem('PUBLIC KEY', spki)
    key.tell(null)
    const typed = kid.control.value.trim()
    if (named !== undefined && typed !== '' && typed !== named) return kid.tell(KEK_TROUBLE['kid-differs'].words)
    if (named !== undefined) kid.control.value = named
    if (kid.control.value === '') kid.control.focus()
    else await read(new TextEncoder().encode(key.control.value))
  }

  async function read(bytes: Uint8Array): Promise<void> {
    letGo()
    key.tell(null)
    kid.tell(null)
    const result = await readKek(bytes, kid.control.value)
    if (!result.ok) {
      // Nothing secret is left standing in a field.
      if (result.error === 'private-key') key.control.value = ''
      const { field: where, words } = KEK_TROUBLE[result.error]
      const wrong = where === 'key' ? key : kid
      wrong.tell(words)
      return
    }
    given = result.value
    show(given)
    onGiven()
  }

  const compared = () =>
    tick('I compared all sixteen groups with the transfer sheet on paper, and they are equal.', (ticked) => {
      isCompared = ticked
    })

  function show(kek: GivenKek): void {
    const title = heading('h3', 'This is the KEK that you gave')
    shown.replaceChildren(
      title,
      facts([
        ['Key identifier', mono(kek.kid)],
        ['Key', `RSA, ${kek.bits} bits`],
        ['SHA-256 of the public key', fingerprint(kek.spkiSha256)],
        ['Thumbprint (RFC 7638)', mono(kek.jwkThumbprint)],
      ]),
      ...(compare ? [compared()] : []),
    )
    bringUp(title)
  }

  // What is shown is what was read: another text is another KEK, not read yet.
  for (const { control } of [key, kid]) control.addEventListener('input', letGo)

  const element = el(
    'div',
    {},
    key.element,
    fileDrop(
      'Or choose its file',
      'kek.publickey.pem, as the KEK’s page gives it. It can be dropped here.',
      (file) => void choose(file),
    ),
    kid.element,
    button('Show the KEK', { onClick: () => void read(new TextEncoder().encode(key.control.value)) }),
    shown,
  )
  return {
    element,
    given: () => given,
    isCompared: () => isCompared || !compare,
    ask: () => (given ? shown.querySelector('input')?.focus() : key.control.focus()),
  }
}
