import { keyWarnings } from '@/lib/crypto/private-key/key-warnings'
import { FORMAT_WORDS } from '../import/key-file-words'
import { leftOutWords } from '../import/left-out-words'
import type { KeyFacts } from '../key-worker/key-facts'
import type { ReadAnswer } from '../key-worker/messages'
import { el, freshId } from '../sealer-page/element'
import { facts, fingerprint, heading, mono, notice, paragraph } from '../sealer-page/parts'
import { typeName } from './words'

type Found = Extract<ReadAnswer, { answer: 'keys' }>

/** What was found in the file. One key is chosen by itself, of several the officer chooses. */
export function foundKeys(
  fileName: string,
  { format, keys, leftOut }: Found,
  onChoose: (index: number, key: KeyFacts) => void,
): HTMLElement {
  const words = `${FORMAT_WORDS[format]}, ${keys.length === 1 ? 'one key' : `${keys.length} keys`}.`
  const beside = leftOut.length > 0 && paragraph(leftOutWords(leftOut.length))
  const title = heading('h3', `Found in ${fileName}`)
  const [only] = keys
  if (keys.length === 1 && only) {
    onChoose(0, only)
    return el('div', {}, title, paragraph(words), beside, keyFacts(only))
  }
  const details = el('div', {})
  const name = freshId('key')
  const choices = keys.map((key, index) => {
    const radio = el('input', { type: 'radio', name })
    radio.addEventListener('change', () => {
      onChoose(index, key)
      details.replaceChildren(keyFacts(key))
    })
    return el('label', { class: 'tick' }, radio, el('span', {}, keyLabel(key, index)))
  })
  return el(
    'div',
    {},
    title,
    paragraph(words),
    beside,
    el('fieldset', {}, el('legend', {}, 'Which key is to be sealed?'), ...choices),
    details,
  )
}

function keyLabel(key: KeyFacts, index: number): string {
  const value = key.spkiSha256 ? `, SHA-256 ${key.spkiSha256.slice(0, 8).toUpperCase()}…` : ''
  return `${index + 1}. ${key.name ? `“${key.name}”: ` : ''}${typeName(key)}${value}`
}

export function keyFacts(key: KeyFacts): HTMLElement {
  const values = facts([
    ['Key', typeName(key)],
    ['Name in the file', key.name],
    ['SHA-256 of its public key', key.spkiSha256 && fingerprint(key.spkiSha256)],
    ['Thumbprint (RFC 7638)', key.jwkThumbprint && mono(key.jwkThumbprint)],
    ['Key check value (AES of zeros)', key.kcv && mono(key.kcv.ecb)],
    ['Key check value (AES-CMAC)', key.kcv && mono(key.kcv.cmac)],
  ])
  const warnings = key.warnings.map((warning) => notice('attention', 'Look at this', paragraph(keyWarnings[warning])))
  return el('div', {}, values, ...warnings)
}
