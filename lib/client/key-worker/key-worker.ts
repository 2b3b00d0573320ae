import { readKeyFile } from '@/lib/crypto/key-file/read-key-file'
import { createKeyDesk } from './key-desk'
import type { KeyWorkerAnswer, KeyWorkerRequest } from './messages'

/** Of a dedicated worker's global: TypeScript's DOM library describes the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<KeyWorkerRequest>) => void) | null
  postMessage(answer: KeyWorkerAnswer, transfer: Transferable[]): void
}

// The bundler starts this file as a dedicated worker and nothing else imports it: `self` is such a global.
const scope = self as unknown as WorkerScope
const desk = createKeyDesk(readKeyFile)

scope.onmessage = async ({ data }) => {
  const answer = await desk.answer(data)
  scope.postMessage(answer, transferOf(answer))
}

/** Handed over rather than copied: no second array is left behind here. */
function transferOf(answer: KeyWorkerAnswer): Transferable[] {
  if (answer.answer === 'sealed') return [answer.file.buffer]
  return answer.answer === 'private-jwk' ? [answer.jwk.buffer] : []
}
