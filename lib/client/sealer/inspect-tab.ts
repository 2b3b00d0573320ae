import { wipe } from '@/lib/crypto/bytes'
import { KEY_SHAPES, shapeName } from '@/lib/domain/preflight/encoded-lengths'
import type { TransferFile } from '@/lib/domain/preflight/input'
import { runOfflinePreflight } from '@/lib/domain/preflight/offline'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { bringUp, el } from '../sealer-page/element'
import { field } from '../sealer-page/field'
import { fileDrop } from '../sealer-page/file-drop'
import { heading, notice, paragraph } from '../sealer-page/parts'
import { blobMap } from './blob-map-view'
import { kekSection } from './kek-section'
import { reportView } from './report-view'

/** Far more than a blob has: what is larger is not even read. */
const READ_AT_MOST = 1024 * 1024

interface Looked {
  name: string
  bytes: Uint8Array
  file: TransferFile
}

/** A transfer blob under the checks that need no vault, and a map of its bytes. */
export function inspectTab(): HTMLElement {
  let looked: Looked | null = null
  const shown = el('div', { class: 'shown' })
  const type = field(
    'What the key is, by your record',
    el(
      'select',
      {},
      el('option', { value: '' }, 'Not said'),
      ...KEY_SHAPES.map((shape) => el('option', { value: shapeName(shape) }, shapeName(shape))),
    ),
    'With it the length is compared with this type.',
  )
  const kek = kekSection({ compare: false, onGiven: () => draw() })

  async function look(file: File): Promise<void> {
    looked = null
    if (file.size > READ_AT_MOST) {
      const words = `It has ${file.size} bytes; a transfer blob has at most 65536. Choose the .byok file.`
      const part = notice('danger', `${file.name} is no transfer blob.`, paragraph(words))
      shown.replaceChildren(part)
      return
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    looked = { name: file.name, bytes, file: await readTransferFile(bytes) }
    // What is no blob could be a key that was dropped into the wrong place: it is not kept.
    if (!looked.file.parsed.ok) wipe(bytes)
    const title = draw()
    if (title) bringUp(title)
  }

  function draw(): HTMLElement | undefined {
    if (looked === null) return undefined
    const shape = KEY_SHAPES.find((each) => shapeName(each) === type.control.value) ?? null
    const given = kek.given()
    const title = heading('h2', `Checks of ${looked.name}`)
    shown.replaceChildren(
      title,
      reportView(runOfflinePreflight({ file: looked.file, kek: given, shape })),
      heading('h2', 'Map of its bytes'),
      blobMap(looked.bytes, looked.file, given?.bits ?? null),
    )
    return title
  }

  type.control.addEventListener('change', draw)
  return el(
    'div',
    {},
    heading('h2', 'The blob'),
    fileDrop(
      'Transfer blob (.byok)',
      'It can be dropped here. It is looked at, and goes nowhere.',
      (file) => void look(file),
    ),
    type.element,
    el('details', {}, el('summary', {}, 'Give the KEK too, to check length and identifier against it'), kek.element),
    shown,
  )
}
