import type { Ground } from './ground'

interface Held {
  name: string
  operation: string
  stage: string
}

/** The calls that the vault holds now, by the names of their keys. */
export async function heldCalls({ vault }: Ground): Promise<Held[]> {
  const answer = (await (await fetch(`${vault.admin.url}/held`)).json()) as { held: Held[] } // our own vault's words
  return answer.held
}

export async function release({ vault }: Ground, name: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${vault.admin.url}/release`, { method: 'POST', headers, body: JSON.stringify({ name }) })
}

/** Lets go whatever is held under the names that are free, as long as it is not stopped. */
export function keepReleasing(ground: Ground, isFree: (name: string) => boolean): () => Promise<void> {
  let stopped = false
  const running = (async () => {
    while (!stopped) {
      for (const { name } of await heldCalls(ground)) if (isFree(name)) await release(ground, name)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  return async () => {
    stopped = true
    await running
  }
}

/** Asks until it is so; a point that is not reached in time is said by name. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, patienceMs = 15_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Missed(what)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The console did not come to the point where it was to be killed. */
export class Missed extends Error {
  override readonly name = 'Missed'
  constructor(what: string) {
    super(`not reached: ${what}`)
  }
}
