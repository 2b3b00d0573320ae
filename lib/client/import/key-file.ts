import type { KeyFileFormat } from '@/lib/crypto/key-file/read-result'
import type { KeyFacts } from '../key-worker/key-facts'
import type { Failed, ReadAnswer } from '../key-worker/messages'

/** Where the wizard stands with a file that holds a key: public facts alone, the key itself is its worker's. */
export type KeyFileState =
  | { step: 'reading'; name: string }
  | { step: 'locked'; name: string; lock: Lock; wrong: string | null }
  | { step: 'unlocking'; name: string; lock: Lock }
  | { step: 'refused'; name: string; remedy: string; command: string | null }
  | {
      step: 'found'
      name: string
      format: KeyFileFormat
      keys: readonly KeyFacts[]
      chosen: number | null
      leftOut: number
    }
  | { step: 'sealing'; name: string; format: KeyFileFormat; key: KeyFacts }
  /** Its worker is gone, and the key with it: the file is to be given again. */
  | { step: 'gone'; name: string; because: GoneBecause }

/** How a file is encrypted, in words for people. */
export interface Lock {
  cipher: string
  kdf: string
}

export type GoneBecause = 'idle' | 'left' | 'sent' | Failed['because']

/** The key that a blob was sealed from, as its worker told before it ended. */
export interface SealedKey {
  keyFile: string
  format: KeyFileFormat
  key: KeyFacts
}

/** What is known after the worker has answered; null: the file goes the way of a transfer blob. */
export function keyFileAfter(before: KeyFileState, answer: ReadAnswer): KeyFileState | null {
  const { name } = before
  switch (answer.answer) {
    case 'keys': {
      const { format, keys, leftOut } = answer
      return { step: 'found', name, format, keys, chosen: keys.length === 1 ? 0 : null, leftOut: leftOut.length }
    }
    case 'passphrase-needed':
      return { step: 'locked', name, lock: { cipher: answer.cipher, kdf: answer.kdf }, wrong: null }
    case 'refused':
      if (answer.code === 'wrong-passphrase' && before.step === 'unlocking') {
        return { step: 'locked', name, lock: before.lock, wrong: answer.remedy }
      }
      return { step: 'refused', name, remedy: answer.remedy, command: answer.command }
    case 'failed':
      return { step: 'gone', name, because: answer.because }
    case 'transfer-blob':
      return null
  }
}

/** The found key that is to cross; undefined while it is open which. */
export function chosenKey(file: KeyFileState): KeyFacts | undefined {
  if (file.step === 'sealing') return file.key
  return file.step === 'found' && file.chosen !== null ? file.keys[file.chosen] : undefined
}

export const GONE_WORDS = {
  idle: 'Nothing was done for a while, so the key was let go. Choose the file again.',
  left: 'The page was left, so the key was let go. Choose the file again.',
  sent: 'The key was handed over, and is held here no more. Choose the file again to send it again.',
  'no-file': 'The key is no longer held. Choose the file again.',
  'no-key': 'The key is no longer held. Choose the file again.',
  kek: 'The KEK’s public key is not what it should be, so nothing was sealed. Choose another KEK, or refresh the vault.',
  failed: 'The file could not be worked on, and was let go. Choose it again.',
} as const satisfies Record<GoneBecause, string>
