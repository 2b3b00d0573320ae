import { wipe } from '@/lib/crypto/bytes'
import { keyFileRefusals } from '@/lib/crypto/key-file/refusals'
import { GONE_WORDS } from '../import/key-file'
import type { KeyFacts } from '../key-worker/key-facts'
import type { ReadAnswer } from '../key-worker/messages'
import type { Ended, EndedBecause, KeyWorker } from '../key-worker/start-key-worker'
import { bringUp, el } from '../sealer-page/element'
import { fileDrop } from '../sealer-page/file-drop'
import { button, notice, paragraph } from '../sealer-page/parts'
import { foundKeys } from './found-keys'
import { passphraseForm } from './passphrase-form'

/** A key that can be sealed: it is in its worker, and only there. */
export interface HeldKey {
  worker: KeyWorker
  fileName: string
  index: number
  key: KeyFacts
}

export interface KeySection {
  element: HTMLElement
  held(): HeldKey | null
  /** Ends the worker and forgets the file. */
  letGo(): void
  /** Leads to what is missing here. */
  ask(): void
}

type Lock = Extract<ReadAnswer, { answer: 'passphrase-needed' }>

/** Where the key file is chosen, opened and shown. Each file has a worker of its own. */
export function keySection(
  start: (onEnded: (because: EndedBecause) => void) => KeyWorker,
  onChosen: () => void,
): KeySection {
  let worker: KeyWorker | null = null
  let fileName = ''
  let fileSize = 0
  let lock: Lock | null = null
  let held: { index: number; key: KeyFacts } | null = null
  const shown = el('div', { class: 'shown' })

  function letGo(): void {
    const old = worker
    worker = null
    lock = null
    held = null
    old?.end('cancelled')
    shown.replaceChildren()
  }

  async function choose(file: File): Promise<void> {
    letGo()
    onChosen()
    fileName = file.name
    fileSize = file.size
    const mine = start((because) => {
      if (worker === mine) gone(because)
    })
    worker = mine
    working(`Reading ${fileName} …`)
    await take(mine, mine.read(file))
  }

  async function unlock(passphrase: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      if (worker === null || lock === null) return
      working(`Opening ${fileName}: ${lock.kdf} …`)
      await take(worker, worker.unlock(passphrase))
    } finally {
      wipe(passphrase) // nothing is left of what was transferred; what no worker took is here still
    }
  }

  async function take(from: KeyWorker, asked: Promise<ReadAnswer | Ended>): Promise<void> {
    const answer = await asked
    // Another file was chosen meanwhile, or this one's worker has told its end already.
    if (from === worker && answer.answer !== 'ended') show(answer)
  }

  function show(answer: ReadAnswer): void {
    switch (answer.answer) {
      case 'keys':
        present(foundKeys(fileName, answer, hold))
        break
      case 'passphrase-needed':
        lock = answer
        present(passphraseForm(fileName, answer, null, unlock))
        break
      case 'refused':
        if (answer.code === 'wrong-passphrase' && lock) {
          present(passphraseForm(fileName, lock, answer.remedy, unlock))
        } else refuse(`${fileName} can’t be sealed.`, answer.remedy, answer.command)
        break
      case 'transfer-blob':
        refuse(`${fileName} is no key file.`, noKeyFile())
        break
      case 'failed':
        refuse(`${fileName} is no longer held.`, GONE[answer.because])
        break
    }
  }

  /** The worker says no more than that it is none. */
  function noKeyFile(): string {
    if (fileSize === 0) return keyFileRefusals.empty
    return fileSize > LARGEST_KEY_FILE ? keyFileRefusals['too-large'] : LOOKS_LIKE_BLOB
  }

  function hold(index: number, key: KeyFacts): void {
    held = { index, key }
  }

  function refuse(title: string, words: string, command: string | null = null): void {
    letGo()
    present(
      notice(
        'danger',
        title,
        paragraph(words),
        command !== null && el('pre', { tabindex: 0 }, el('code', {}, command)),
      ),
    )
  }

  function gone(because: EndedBecause): void {
    worker = null
    held = null
    if (because === 'used' || because === 'cancelled') return
    refuse(`${fileName} is no longer held.`, GONE[because])
  }

  function working(words: string): void {
    const cancel = button('Cancel', { onClick: letGo })
    shown.replaceChildren(el('div', { class: 'working' }, el('p', { role: 'status' }, words), cancel))
  }

  function present(part: HTMLElement): void {
    shown.replaceChildren(part)
    const first = part.querySelector<HTMLElement>('[data-first]')
    if (first) first.focus()
    else bringUp(part.querySelector('h3') ?? part)
  }

  const drop = fileDrop(
    'Key file',
    'PEM, DER, PKCS#12, OpenSSH, JWK, or 16, 24 or 32 raw bytes. It can be dropped here. Nothing of it leaves this page but sealed.',
    (file) => void choose(file),
  )
  return {
    element: el('div', {}, drop, shown),
    held: () => (worker && held ? { worker, fileName, ...held } : null),
    letGo,
    ask: () => (shown.querySelector('input') ?? drop.querySelector('input'))?.focus(),
  }
}

const LARGEST_KEY_FILE = 1024 * 1024
const LOOKS_LIKE_BLOB =
  'It is a transfer blob, or nothing that was recognised. To look at it, open “Inspect a blob”; else choose the file with the private key.'
/** Here the KEK was given by hand. */
const GONE = { ...GONE_WORDS, kek: 'The KEK’s public key can’t be used. Give the KEK again.' } as const
