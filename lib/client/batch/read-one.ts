import { GONE_WORDS, type Lock, type SealedKey } from '../import/key-file'
import type { KeyFacts } from '../key-worker/key-facts'
import type { Kek, ReadAnswer } from '../key-worker/messages'
import { type Ended, type KeyWorker, startKeyWorker } from '../key-worker/start-key-worker'
import type { LaneWorker } from './lanes'

/** One file to be read, and sealed where it holds a key. */
export interface ReadJob {
  id: string
  name: string
  file: File
  /** The public key that its manifest expects: another is not sealed. */
  expectedSha256: string | null
}

export type ReadOutcome =
  | { outcome: 'sealed'; bytes: Uint8Array<ArrayBuffer>; sealed: SealedKey }
  | { outcome: 'transfer-blob' }
  | { outcome: 'locked'; lock: Lock; wrong: string | null }
  | { outcome: 'refused'; remedy: string; command: string | null }
  | { outcome: 'broke'; words: string }

interface Reader {
  kek: Kek
  /** Its owner wipes it; each worker gets a copy, which is transferred. */
  passphrase: Uint8Array<ArrayBuffer> | null
  start?: (onEnded: () => void) => KeyWorker
}

/** A key worker as a lane uses it: a file is read, opened where there is a passphrase, sealed, and nothing of it is kept. */
export function startReader({ kek, passphrase, start = startKeyWorker }: Reader): LaneWorker<ReadJob, ReadOutcome> {
  const worker = start(() => undefined)
  return { run: (job) => readOne(worker, job, kek, passphrase), end: () => worker.end() }
}

async function readOne(
  worker: KeyWorker,
  job: ReadJob,
  kek: Kek,
  passphrase: Uint8Array<ArrayBuffer> | null,
): Promise<ReadOutcome> {
  const first = alive(await worker.read(job.file))
  if (first.answer !== 'passphrase-needed') return settle(worker, job, kek, first, null)
  const lock = { cipher: first.cipher, kdf: first.kdf }
  if (!passphrase) return { outcome: 'locked', lock, wrong: null }
  return settle(worker, job, kek, alive(await worker.unlock(passphrase.slice())), lock)
}

async function settle(
  worker: KeyWorker,
  job: ReadJob,
  kek: Kek,
  answer: ReadAnswer,
  lock: Lock | null,
): Promise<ReadOutcome> {
  switch (answer.answer) {
    case 'keys': {
      const [key] = answer.keys
      const count = answer.keys.length + answer.leftOut.length
      if (!key || count > 1) return { outcome: 'refused', remedy: severalWords(count), command: null }
      const other = isOther(key, job.expectedSha256)
      if (other) return { outcome: 'refused', remedy: other, command: null }
      const sealing = alive(await worker.seal(0, kek, 'stay'))
      if (sealing.answer === 'failed') return { outcome: 'broke', words: GONE_WORDS[sealing.because] }
      return { outcome: 'sealed', bytes: sealing.file, sealed: { keyFile: job.name, format: answer.format, key } }
    }
    case 'passphrase-needed':
      return { outcome: 'locked', lock: { cipher: answer.cipher, kdf: answer.kdf }, wrong: null }
    case 'transfer-blob':
      return { outcome: 'transfer-blob' }
    case 'refused':
      if (answer.code === 'wrong-passphrase' && lock) return { outcome: 'locked', lock, wrong: answer.remedy }
      return { outcome: 'refused', remedy: answer.remedy, command: answer.command }
    case 'failed':
      return { outcome: 'broke', words: GONE_WORDS[answer.because] }
  }
}

/** An ended worker has no answer: its lane goes on with another one. */
function alive<Answer extends { answer: string }>(answer: Answer | Ended): Exclude<Answer, Ended> {
  if (answer.answer === 'ended') throw new Error('the key worker ended')
  // The only answer of that name is `Ended`, which has just been ruled out.
  return answer as Exclude<Answer, Ended>
}

const severalWords = (count: number) =>
  `It holds ${count} keys: import it by itself, where you choose which of them crosses.`

/** A key that is not the expected one is not even sealed. */
function isOther({ spkiSha256 }: KeyFacts, expected: string | null): string | null {
  if (!expected || spkiSha256 === expected) return null
  return spkiSha256
    ? 'The key in the file is not the one that the manifest expects. Look at the file, and at your record.'
    : 'The manifest expects a public key, and this key is symmetric: it has none. Compare its check value instead.'
}
