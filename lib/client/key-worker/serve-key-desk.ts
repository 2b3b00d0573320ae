import { createKeyDesk } from './key-desk'
import type { KeyWorkerAnswer, KeyWorkerRequest } from './messages'

/** Of a dedicated worker's global: TypeScript's DOM library describes the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<KeyWorkerRequest>) => void) | null
  postMessage(answer: KeyWorkerAnswer, transfer: Transferable[]): void
}

/** Makes this global, a dedicated worker's, answer for the desk. */
export function serveKeyDesk(...desk: Parameters<typeof createKeyDesk>): void {
  // Only a worker's own program calls this: `self` is such a global.
  const scope = self as unknown as WorkerScope
  const { answer } = createKeyDesk(...desk)
  scope.onmessage = async ({ data }) => {
    const told = await answer(data)
    scope.postMessage(told, transferOf(told))
  }
}

/** Handed over rather than copied: no second array is left behind here. */
function transferOf(answer: KeyWorkerAnswer): Transferable[] {
  if (answer.answer === 'sealed') return [answer.file.buffer]
  return answer.answer === 'private-jwk' ? [answer.jwk.buffer] : []
}
