import 'server-only'

/** Lets so many at once ask the database; the others wait in order. Skips who has given up meanwhile. */
export type Gate = <T>(work: () => Promise<T>, hasGivenUp: () => boolean) => Promise<T | undefined>

function createGate(atOnce: number): Gate {
  let inside = 0
  const outside: (() => void)[] = []
  return async (work, hasGivenUp) => {
    if (inside >= atOnce) await new Promise<void>((resolve) => outside.push(resolve))
    else inside += 1
    try {
      return hasGivenUp() ? undefined : await work()
    } finally {
      const next = outside.shift()
      if (next) next()
      else inside -= 1
    }
  }
}

/** On behalf of the doors. Fewer than the pool holds: what is under way must not wait behind everybody who has just knocked. */
export const doorGate = createGate(6)

/**
 * Intents, one after another. All of them read what is open and write what is open, so that at once they lose to each other
 * (Serializable) more often than they may try; one takes a few milliseconds.
 */
export const intentGate = createGate(1)
