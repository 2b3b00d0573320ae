import 'server-only'
import { doorGate, type Gate } from './database-gate'

/** The record could not be written in time; nothing may reach the vault. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable'
}

const TICK_MS = 100
const PATIENCE_TICKS = 20
const MOST_TICKS = 100

/** Ticks since the database last answered anything that was waited for here. */
let silentTicks = 0
let waiting = 0
let watch: NodeJS.Timeout | undefined
const watchers = new Set<() => void>()

/**
 * Time is counted in ticks of this process's own loop, so that a moment in which the process itself was too busy to look
 * is not taken for the database's silence.
 */
function startWatching(): void {
  waiting += 1
  watch ??= setInterval(() => {
    silentTicks += 1
    for (const look of watchers) look()
  }, TICK_MS)
}

function stopWatching(): void {
  waiting -= 1
  if (waiting > 0) return
  clearInterval(watch)
  watch = undefined
  silentTicks = 0
}

type GivesUp = (ownTicks: number) => boolean

async function unless<T>(work: Promise<T>, givesUp: GivesUp): Promise<T> {
  startWatching()
  let ownTicks = 0
  let giveUp: (reason: AuditUnavailable) => void
  const late = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const look = () => {
    ownTicks += 1
    if (givesUp(ownTicks)) giveUp(new AuditUnavailable('the database did not answer in time'))
  }
  watchers.add(look)
  const answered = work.then((value) => {
    silentTicks = 0
    return value
  })
  try {
    return await Promise.race([answered, late])
  } finally {
    watchers.delete(look)
    stopWatching()
    answered.catch(() => undefined) // lost the race: its failure has nobody left to tell
  }
}

/**
 * For the record itself: 2 s and no more, whatever else the database answers. What was begun may still commit later:
 * whoever waited must then do nothing further, so that a late intent is one that nobody acted on, and the reconciler
 * closes it.
 */
export function withinAuditTime<T>(work: Promise<T>): Promise<T> {
  return unless(work, (ownTicks) => ownTicks >= PATIENCE_TICKS)
}

/**
 * For what comes before it (the session, the idempotency row): gives up after 2 s in which the database answered nobody.
 * A queue of a hundred calls before an answering database is no silence; ten seconds end that too.
 */
export async function unlessSilent<T>(work: () => Promise<T>, gate: Gate = doorGate): Promise<T> {
  let gaveUp = false
  let result: { value: T } | undefined
  const run = async () => {
    result = { value: await whileConnecting(work, () => gaveUp) }
  }
  try {
    const passed = gate(run, () => gaveUp)
    await unless(passed, (own) => own >= MOST_TICKS || (own >= PATIENCE_TICKS && silentTicks >= PATIENCE_TICKS))
  } catch (error) {
    gaveUp = true
    throw error
  }
  if (!result) throw new AuditUnavailable('nobody asked the database')
  return result.value
}

/** Too busy to connect in the pool's own time: nothing was sent yet, so it may be asked again while there is patience. */
async function whileConnecting<T>(work: () => Promise<T>, hasGivenUp: () => boolean): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (hasGivenUp() || !isConnectTimeout(error)) throw error
    }
  }
}

function isConnectTimeout(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 3) return false
  const words = /timeout exceeded when trying to connect|terminated due to connection timeout/
  return words.test(error.message) || isConnectTimeout(error.cause, depth + 1)
}
