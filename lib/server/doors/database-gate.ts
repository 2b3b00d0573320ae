import 'server-only'

/** Fewer than the pool holds: what is under way must not wait for a connection behind everybody who has just knocked. */
const AT_ONCE = 6

let inside = 0
const outside: (() => void)[] = []

/** Lets few at once ask the database on behalf of the doors; the others wait in order. Skips who has given up meanwhile. */
export async function throughGate<T>(work: () => Promise<T>, hasGivenUp: () => boolean): Promise<T | undefined> {
  if (inside >= AT_ONCE) await new Promise<void>((resolve) => outside.push(resolve))
  else inside += 1
  try {
    return hasGivenUp() ? undefined : await work()
  } finally {
    const next = outside.shift()
    if (next) next()
    else inside -= 1
  }
}
