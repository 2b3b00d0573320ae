import { decodeBase64, sha256Hex, wipe } from '@/lib/crypto'
import type { WizardKek } from '@/lib/domain/imports/views'
import { type Kek, type ReadAnswer, SERVER_WILL_SEE_IT } from '../key-worker/messages'
import { type Ended, type EndedBecause, type KeyWorker, startKeyWorker } from '../key-worker/start-key-worker'
import { blobName } from './blob-name'
import type { HeldFile } from './held-file'
import { type KeyFileState, keyFileAfter, type SealedKey } from './key-file'
import type { FileFacts, WizardEvent } from './wizard'

type Tell = (event: WizardEvent) => void
type Start = (onEnded: (because: EndedBecause) => void) => KeyWorker

/**
 * The key worker of one wizard: at most one at a time, outside of React's state. It tells the wizard public facts, and
 * puts what it sealed where a given transfer blob's bytes are held.
 */
export function createHeldKey(held: HeldFile, tell: Tell, start: Start = startKeyWorker) {
  let worker: KeyWorker | undefined
  /** Which file it is about: every file that is given, and letting one go, begins another. */
  let turn = 0

  const show = (key: KeyFileState) => tell({ type: 'key-file', key })

  function begin(name: string): KeyWorker {
    worker?.end()
    const mine = start((because) => {
      if (worker !== mine) return
      worker = undefined
      if (because === 'idle' || because === 'failed' || because === 'left') show({ step: 'gone', name, because })
    })
    worker = mine
    return mine
  }

  /** Reads whatever it is. A transfer blob goes to the held file, anything else stays with the worker. */
  async function take(file: File): Promise<void> {
    turn += 1
    held.clear()
    const mine = begin(file.name)
    const reading: KeyFileState = { step: 'reading', name: file.name }
    show(reading)
    const answer = await mine.read(file)
    const next = after(mine, reading, answer)
    if (next) return show(next)
    if (next === undefined) return
    mine.end()
    await tellRead(held.take(file), null)
  }

  /** Not told where another file came, or this one was let go, while it was read. */
  async function tellRead(reading: Promise<FileFacts>, sealed: SealedKey | null): Promise<void> {
    const mine = turn
    const facts = await reading
    if (turn === mine) tell({ type: 'file-read', facts, sealed })
  }

  /** `passphrase` is UTF-8, and is gone afterwards. */
  async function unlock(file: Extract<KeyFileState, { step: 'locked' }>, passphrase: Uint8Array<ArrayBuffer>) {
    try {
      const mine = worker
      if (!mine) return show({ step: 'gone', name: file.name, because: 'no-file' })
      const unlocking: KeyFileState = { step: 'unlocking', name: file.name, lock: file.lock }
      show(unlocking)
      const next = after(mine, unlocking, await mine.unlock(passphrase))
      if (next) show(next)
    } finally {
      wipe(passphrase) // nothing is left of what was transferred; what no worker took is here still
    }
  }

  /** undefined: another worker, or none, is the wizard's by now. */
  function after(mine: KeyWorker, before: KeyFileState, answer: ReadAnswer | Ended): KeyFileState | null | undefined {
    if (worker !== mine || answer.answer === 'ended') return undefined
    const next = keyFileAfter(before, answer)
    if (next?.step === 'refused' || next?.step === 'gone') mine.end()
    return next
  }

  /** The key that is chosen becomes a transfer blob under this KEK, and the worker ends. */
  async function seal(file: Extract<KeyFileState, { step: 'found' }>, kek: WizardKek): Promise<void> {
    const { name, format, chosen } = file
    const key = file.keys[chosen ?? -1]
    const mine = worker
    if (chosen === null || !key || !mine) return show({ step: 'gone', name, because: 'no-key' })
    show({ step: 'sealing', name, format, key })
    const checked = await checkedKek(kek)
    const answer = checked ? await mine.seal(chosen, checked) : ({ answer: 'failed', because: 'kek' } as const)
    mine.end('used')
    if (answer.answer === 'ended') return
    if (answer.answer === 'failed') return show({ step: 'gone', name, because: answer.because })
    await tellRead(held.put(blobName(name), answer.file), { keyFile: name, format, key })
  }

  /**
   * The private JWK for the one call that sends it, as the officer acknowledged. The worker ends, and the bytes are filled
   * with zeros once there is an answer. Null: the key is held no more, and nothing was sent.
   */
  async function send<Answer>(
    { chosen }: Extract<KeyFileState, { step: 'found' }>,
    call: (jwk: Uint8Array<ArrayBuffer>) => Promise<Answer>,
  ): Promise<Answer | null> {
    const mine = worker
    const answer = chosen === null ? undefined : await mine?.privateJwk(chosen, SERVER_WILL_SEE_IT)
    mine?.end('used')
    if (answer?.answer !== 'private-jwk') return null
    try {
      return await call(answer.jwk)
    } finally {
      wipe(answer.jwk)
    }
  }

  function end(): void {
    turn += 1
    const mine = worker
    worker = undefined
    mine?.end()
  }

  return { take, unlock, seal, send, stay: () => worker?.stay(), end }
}

/** The public key whose fingerprint is on the screen and on the transfer sheet, and no other. */
export async function checkedKek({ spki, spkiSha256, kid }: WizardKek): Promise<Kek | null> {
  try {
    const bytes = decodeBase64(spki)
    return (await sha256Hex(bytes)) === spkiSha256 ? { spki: bytes, kid } : null
  } catch {
    return null // what the console gave for it is no key at all
  }
}
