import type { AnswerTo, Kek, KeyWorkerAnswer, KeyWorkerRequest, SERVER_WILL_SEE_IT } from './messages'

/** A worker that nobody asks anything for so long is ended, and its keys with it. */
const IDLE_MS = 10 * 60_000

/** `used`: it gave its one file. `idle`: nobody went on. `left`: the page was left. `failed`: it broke down. */
export type EndedBecause = 'used' | 'cancelled' | 'idle' | 'left' | 'failed'
export type Ended = { answer: 'ended'; because: EndedBecause }

export interface KeyWorker {
  read(file: Blob): Promise<AnswerTo['read'] | Ended>
  /** The bytes are transferred: the caller's array is empty afterwards. */
  unlock(passphrase: Uint8Array<ArrayBuffer>): Promise<AnswerTo['unlock'] | Ended>
  /** Ends the worker, unless it is to go on to another file: what it knew of this one is wiped either way. */
  seal(key: number, kek: Kek, then?: 'end' | 'stay'): Promise<AnswerTo['seal'] | Ended>
  /** Ends the worker. */
  privateJwk(key: number, acknowledged: typeof SERVER_WILL_SEE_IT): Promise<AnswerTo['private-jwk'] | Ended>
  /** The officer is there: the time of being idle begins anew. */
  stay(): void
  /** Ends it, whatever it does: a running key derivation too. */
  end(because?: EndedBecause): void
}

/** Starts the worker of one file. `onEnded` is called once, however it ends. */
export function startKeyWorker(onEnded: (because: EndedBecause) => void, idleMs = IDLE_MS): KeyWorker {
  return speakWith(new Worker(new URL('./key-worker.ts', import.meta.url), { type: 'module' }), onEnded, idleMs)
}

/** The same with a worker of that program that was started by other means. */
export function speakWith(worker: Worker, onEnded: (because: EndedBecause) => void, idleMs = IDLE_MS): KeyWorker {
  const gone = new AbortController()
  let answerWith: ((answer: KeyWorkerAnswer | Ended) => void) | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let ended: Ended | undefined

  function end(because: EndedBecause = 'cancelled'): void {
    if (ended) return
    ended = { answer: 'ended', because }
    worker.terminate()
    clearTimeout(idle)
    gone.abort()
    answerWith?.(ended)
    onEnded(because)
  }

  function wait(): void {
    clearTimeout(idle)
    idle = setTimeout(() => end('idle'), idleMs)
  }

  function answered(answer: KeyWorkerAnswer): void {
    const take = answerWith
    answerWith = undefined
    wait()
    take?.(answer)
  }

  worker.addEventListener('message', ({ data }: MessageEvent<KeyWorkerAnswer>) => answered(data))
  for (const trouble of ['error', 'messageerror']) worker.addEventListener(trouble, () => end('failed'))
  window.addEventListener('pagehide', () => end('left'), { signal: gone.signal })
  wait()

  /** One at a time. The answer's type follows from what was asked: the desk answers each in kind. */
  function ask<Ask extends KeyWorkerRequest['ask']>(
    request: Extract<KeyWorkerRequest, { ask: Ask }>,
    transfer: Transferable[] = [],
  ): Promise<AnswerTo[Ask] | Ended> {
    if (ended) return Promise.resolve(ended)
    clearTimeout(idle)
    return new Promise((resolve) => {
      // One request is under way at a time, and the desk answers each in kind: the cast names that.
      answerWith = resolve as (answer: KeyWorkerAnswer | Ended) => void
      worker.postMessage(request, transfer)
    })
  }

  async function thenEnd<Answer>(asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked
    end('used')
    return answer
  }

  return {
    read: (file) => ask({ ask: 'read', file }),
    unlock: (passphrase) => ask({ ask: 'unlock', passphrase }, [passphrase.buffer]),
    seal: (key, kek, then = 'end') => {
      const sealed = ask({ ask: 'seal', key, kek })
      return then === 'stay' ? sealed : thenEnd(sealed)
    },
    privateJwk: (key, acknowledged) => thenEnd(ask({ ask: 'private-jwk', key, acknowledged })),
    stay: () => {
      if (!ended && !answerWith) wait()
    },
    end,
  }
}
