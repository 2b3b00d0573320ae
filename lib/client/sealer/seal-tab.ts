import { sha256Hex } from '@/lib/crypto/digest'
import { writePem } from '@/lib/crypto/pem'
import { publicKeyFromJwk } from '@/lib/crypto/public-key'
import { encodeSpki } from '@/lib/crypto/spki'
import { OFFLINE_GENERATOR } from '@/lib/domain/imports/generator'
import { blobName } from '../import/blob-name'
import { saveBlob, saveText } from '../import/save-text'
import type { EndedBecause, KeyWorker } from '../key-worker/start-key-worker'
import { bringUp, el } from '../sealer-page/element'
import { button, facts, fingerprint, heading, mono, notice, paragraph } from '../sealer-page/parts'
import { kekSection } from './kek-section'
import { type HeldKey, keySection } from './key-section'
import type { GivenKek } from './read-kek'
import { recordText, type Sealing } from './record'
import { typeName } from './words'

/** From a KEK and a key file to a transfer blob. */
export function sealTab(start: (onEnded: (because: EndedBecause) => void) => KeyWorker): HTMLElement {
  const result = el('div', { class: 'shown' })
  const clear = () => result.replaceChildren()
  const kek = kekSection({ compare: true, onGiven: clear })
  const key = keySection(start, clear)
  let isSealing = false

  function tell(words: string, lead: () => void): void {
    result.replaceChildren(notice('danger', 'Not sealed yet.', paragraph(words)))
    lead()
  }

  async function seal(): Promise<void> {
    if (isSealing) return
    const [under, held] = [kek.given(), key.held()]
    if (!under) return tell('Give the KEK first, and press “Show the KEK”.', kek.ask)
    if (!kek.isCompared()) return tell('Compare the KEK’s fingerprint with the sheet, and say so above.', kek.ask)
    if (!held) return tell('Choose the key file, and where it holds several keys, the key.', key.ask)
    result.replaceChildren(el('p', { role: 'status' }, 'Sealing …'))
    isSealing = true
    const answer = await held.worker.seal(held.index, { kid: under.kid, spki: new Uint8Array(under.spki) })
    isSealing = false
    if (answer.answer !== 'sealed') {
      key.letGo()
      return tell('The key could not be sealed, and was let go. Choose the file again.', key.ask)
    }
    key.letGo()
    await show(answer.file, held, under)
  }

  async function show(file: Uint8Array<ArrayBuffer>, held: HeldKey, under: GivenKek): Promise<void> {
    const sealing: Sealing = {
      fileName: blobName(held.fileName),
      sha256: await sha256Hex(file),
      keyFileName: held.fileName,
      generator: OFFLINE_GENERATOR,
      key: held.key,
      publicKeyPem: held.key.publicJwk && writePem('PUBLIC KEY', encodeSpki(publicKeyFromJwk(held.key.publicJwk))),
      kek: under,
      sealedAt: new Date(),
    }
    const part = sealedPart(sealing, file)
    result.replaceChildren(part)
    bringUp(part)
  }

  return el(
    'div',
    {},
    step(1, 'The KEK', kek.element),
    step(2, 'The key', key.element),
    step(3, 'Seal', el('div', {}, button('Seal the key', { main: true, onClick: () => void seal() }), result)),
  )
}

const step = (number: number, title: string, content: HTMLElement): HTMLElement =>
  el('section', {}, heading('h2', `${number}. ${title}`), content)

/** What there is to carry on: the blob, and for the record what whoever reviews the import compares. */
function sealedPart(sealing: Sealing, file: Uint8Array<ArrayBuffer>): HTMLElement {
  const { fileName, sha256, key, publicKeyPem } = sealing
  const base = fileName.replace(/\.byok$/, '')
  return el(
    'div',
    {},
    notice('good', 'Sealed. The key was wiped, and its worker has ended.'),
    facts([
      ['Transfer blob', mono(fileName)],
      ['SHA-256 of the blob', fingerprint(sha256)],
      ['Made by', sealing.generator],
      ['Key', typeName(key)],
      ['SHA-256 of its public key', key.spkiSha256 && fingerprint(key.spkiSha256)],
      ['Thumbprint (RFC 7638)', key.jwkThumbprint && mono(key.jwkThumbprint)],
      ['Key check value (AES of zeros)', key.kcv && mono(key.kcv.ecb)],
      ['Key check value (AES-CMAC)', key.kcv && mono(key.kcv.cmac)],
    ]),
    el(
      'div',
      { class: 'buttons' },
      button(`Save ${fileName}`, {
        main: true,
        onClick: () => saveBlob(fileName, new Blob([file], { type: 'application/octet-stream' })),
      }),
      button('Save the record', {
        onClick: () => saveText(`${base}.record.txt`, recordText(sealing), 'text/plain;charset=utf-8'),
      }),
      publicKeyPem !== null &&
        button('Save the public key', {
          onClick: () => saveText(`${base}.publickey.pem`, publicKeyPem, 'application/x-pem-file'),
        }),
    ),
    publicKeyPem !== null &&
      el('details', {}, el('summary', {}, 'The public key as PEM'), el('pre', { tabindex: 0 }, publicKeyPem)),
    paragraph('Import the blob in the console. Give the record to the officer who reviews the import, by another way.'),
  )
}
