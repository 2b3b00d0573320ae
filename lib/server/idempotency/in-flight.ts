import 'server-only'
import type { IdempotentCall } from './call-row'

/** Calls that this very process runs now: their equals wait here, and ask the database once. */
const inFlight = new Map<string, Promise<unknown>>()

const nameOf = ({ personId, action, key }: IdempotentCall) => `${personId} ${action} ${key}`

export async function whileInFlight<T>(call: IdempotentCall, run: () => Promise<T>): Promise<T> {
  const running = run()
  inFlight.set(nameOf(call), running)
  try {
    return await running
  } finally {
    inFlight.delete(nameOf(call))
  }
}

export interface Patience {
  /** Milliseconds, while this process runs the call. */
  here: number
  /** Milliseconds, while another process may: then its row is looked at again. */
  elsewhere: number
}

/** Waits until the call ends, or for as long as said. How it ended is told by its row. */
export async function untilEnded(call: IdempotentCall, patience: Patience): Promise<void> {
  const running = inFlight.get(nameOf(call))
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, running ? patience.here : patience.elsewhere)
  })
  await Promise.race([enough, ...(running ? [Promise.allSettled([running])] : [])])
  clearTimeout(timer)
}
