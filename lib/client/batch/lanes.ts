/** One that does a lane's work: a worker of its own, which is ended and never used again. */
export interface LaneWorker<Job, Done> {
  /** Rejects when the worker broke; it is ended then. */
  run: (job: Job) => Promise<Done>
  end: () => void
}

/** So many files one worker takes at most: what the engine kept of them goes with it. */
export const FILES_PER_WORKER = 100

interface Lanes<Job, Done> {
  jobs: readonly Job[]
  /** How many at once. */
  count: number
  start: () => LaneWorker<Job, Done>
  /** Whether a worker that did this job may do another: not one that was given a passphrase. */
  endsAfter: (job: Job) => boolean
  onBegin?: (job: Job) => void
  onDone: (job: Job, outcome: { done: Done } | { broke: unknown }) => void
  /** Aborted: nothing more is begun, and what runs is ended without an outcome. */
  signal: AbortSignal
}

/**
 * Does all jobs, in their order, on `count` lanes. A lane's worker is ended when there is nothing more to do, after a job
 * that says so, after `FILES_PER_WORKER`, when it broke, and on abort. One job's failure stops no other.
 */
export async function runLanes<Job, Done>(lanes: Lanes<Job, Done>): Promise<void> {
  const waiting = lanes.jobs.values()
  const count = Math.max(1, Math.min(lanes.count, lanes.jobs.length))
  await Promise.all(Array.from({ length: count }, () => runLane(waiting, lanes)))
}

async function runLane<Job, Done>(waiting: Iterator<Job>, lanes: Lanes<Job, Done>): Promise<void> {
  let worker: LaneWorker<Job, Done> | undefined
  let files = 0
  const end = () => {
    worker?.end()
    worker = undefined
    files = 0
  }
  lanes.signal.addEventListener('abort', end)
  try {
    for (let next = waiting.next(); !next.done && !lanes.signal.aborted; next = waiting.next()) {
      worker ??= lanes.start()
      files += 1
      const spent = await runOne(worker, next.value, lanes)
      if (spent || files === FILES_PER_WORKER) end()
    }
  } finally {
    lanes.signal.removeEventListener('abort', end)
    end()
  }
}

/** Answers whether the worker is not to be used again. */
async function runOne<Job, Done>(
  worker: LaneWorker<Job, Done>,
  job: Job,
  { onBegin, onDone, endsAfter, signal }: Lanes<Job, Done>,
): Promise<boolean> {
  onBegin?.(job)
  try {
    const done = await untilAborted(worker.run(job), signal)
    onDone(job, { done })
    return endsAfter(job)
  } catch (broke) {
    // An ended worker answers no more: what was on its way has no outcome.
    if (!signal.aborted) onDone(job, { broke })
    return true
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
