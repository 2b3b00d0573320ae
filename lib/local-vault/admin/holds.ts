export type HoldStage = 'before-commit' | 'after-commit'
type HeldCall = { vault: string; operation: string; name: string; stage: HoldStage; since: string }

/** The server is closing, or the client has gone: the call is dropped without an answer. */
export class Abandoned extends Error {}

type Waiting = { call: HeldCall; release: () => void; abandon: (reason: Abandoned) => void }

/** Calls that a sentinel holds until somebody releases their name, or the server closes. */
export type Holds = {
  hold(call: HeldCall): Promise<void>
  /** Never resolves; rejects when the server closes. */
  hang(): Promise<never>
  held(): HeldCall[]
  release(name: string): number
  abandonAll(): void
}

export function createHolds(): Holds {
  const waiting = new Set<Waiting>()
  const hanging = new Set<(reason: Abandoned) => void>()

  return {
    hold: (call) =>
      new Promise((resolve, reject) => {
        waiting.add({ call, release: resolve, abandon: reject })
      }),
    hang: () => new Promise((_resolve, reject) => hanging.add(reject)),
    held: () => [...waiting].map(({ call }) => call),
    release(name) {
      const matching = [...waiting].filter(({ call }) => call.name.toLowerCase() === name.toLowerCase())
      for (const entry of matching) {
        waiting.delete(entry)
        entry.release()
      }
      return matching.length
    },
    abandonAll() {
      for (const { abandon } of waiting) abandon(new Abandoned())
      for (const abandon of hanging) abandon(new Abandoned())
      waiting.clear()
      hanging.clear()
    },
  }
}
