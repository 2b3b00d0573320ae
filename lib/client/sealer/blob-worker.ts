import { type EndedBecause, type KeyWorker, speakWith } from '../key-worker/start-key-worker'

/** The worker's whole program, put here by the build: what is opened from disk can load no second file. */
declare const __SEALER_WORKER__: string

let address: string | undefined

/** The key worker out of this very page. It inherits the page's policy: it can reach nothing. */
export function startSealerWorker(onEnded: (because: EndedBecause) => void): KeyWorker {
  address ??= URL.createObjectURL(new Blob([__SEALER_WORKER__], { type: 'text/javascript' }))
  // A classic one: a module from a Blob does not start on a page from disk.
  return speakWith(new Worker(address), onEnded)
}
