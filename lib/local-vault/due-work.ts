import type { Clock } from './clock'
import type { DueEntry, DueIndex, DueKind } from './store/due-index'

/** What the vaults do by themselves. `settle` does all that is due now; `settlePurges` only what is past its purge date. */
export type DueWork = { settle(): Promise<void>; settlePurges(): Promise<void>; stop(): Promise<void> }

/** Does what one entry says, or for purges what many say in one commit. Afterwards the entries must be gone or moved. */
export type DueHandlers = {
  purge(entries: DueEntry[]): Promise<void>
  policy(entry: DueEntry): Promise<void>
}

/** Purges of one commit: enough to make its fsync cheap, few enough to let others in between. */
const purgesAtOnce = 200

/** Timers take less than 2^31 ms; an hour is early enough to look again. */
const longestSleepMs = 3_600_000

/**
 * Runs due work in order of time: when the clock is moved, by a timer, and before a call that would see a key past its purge
 * date. Each kind runs alone, in its order. A failure is reported by name and tried again an hour later.
 */
export function createDueWork(due: DueIndex, clock: Clock, handlers: DueHandlers): DueWork {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let failed = false
  const running: Record<DueKind, Promise<void>> = { purge: Promise.resolve(), policy: Promise.resolve() }
  const seconds = () => Math.floor(clock.now() / 1000)

  async function work(kind: DueKind): Promise<void> {
    for (let entries = next(kind); entries[0] && !stopped; entries = next(kind)) {
      const [entry] = entries
      await (kind === 'purge' ? handlers.purge(entries) : handlers.policy(entry))
      const [first] = next(kind)
      if (first && first.at === entry.at && first.vault === entry.vault && first.name === entry.name)
        throw new Error(`A due ${kind} left its entry behind.`)
    }
  }

  function next(kind: DueKind): DueEntry[] {
    return due.first(kind, seconds(), kind === 'purge' ? purgesAtOnce : 1)
  }

  function run(kind: DueKind): Promise<void> {
    const done = running[kind].then(() => work(kind)).then(succeed, fail)
    running[kind] = done
    return done
  }

  function succeed(): void {
    failed = false
  }

  function fail(error: unknown): void {
    failed = true
    report(error)
  }

  function sleep(): void {
    clearTimeout(timer)
    const next = Math.min(
      due.earliest('purge') ?? Number.POSITIVE_INFINITY,
      due.earliest('policy') ?? Number.POSITIVE_INFINITY,
    )
    if (stopped || next === Number.POSITIVE_INFINITY) return
    const ms = failed ? longestSleepMs : Math.max(next * 1000 - clock.now(), 0)
    timer = setTimeout(wake, Math.min(ms, longestSleepMs)).unref()
  }

  function wake(): void {
    void settle()
  }

  async function settle(): Promise<void> {
    await Promise.all([run('purge'), run('policy')])
    sleep()
  }

  due.onChange(sleep)
  clock.onMove(sleep)
  return {
    settle,
    async settlePurges() {
      const next = due.earliest('purge')
      if (next !== undefined && next <= seconds()) await run('purge')
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.all(Object.values(running))
    },
  }
}

function report(error: unknown): void {
  // A bug of ours: its name helps, its text might hold input.
  console.error(`local vault: unexpected ${error instanceof Error ? error.name : typeof error} in work that was due`)
}
