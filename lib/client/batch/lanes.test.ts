import { describe, expect, it } from 'vitest'
import { FILES_PER_WORKER, runLanes } from './lanes'

/** Workers that write down what they did; `run` of a job ends when the test lets it. */
function bench(run: (job: number) => Promise<string>) {
  const workers: { jobs: number[]; ended: boolean }[] = []
  const outcomes = new Map<number, string>()
  const start = () => {
    const worker = { jobs: [] as number[], ended: false }
    workers.push(worker)
    return {
      run: (job: number) => {
        if (worker.ended) throw new Error('used after its end')
        worker.jobs.push(job)
        return run(job)
      },
      end: () => {
        worker.ended = true
      },
    }
  }
  const onDone = (job: number, outcome: { done: string } | { broke: unknown }) =>
    outcomes.set(job, 'done' in outcome ? outcome.done : 'broke')
  return { workers, outcomes, start, onDone }
}

const numbers = (count: number) => Array.from({ length: count }, (_none, at) => at)

describe('lanes', () => {
  it('do every job once, at most so many at once, and end every worker', async () => {
    let running = 0
    let most = 0
    const { workers, outcomes, ...rest } = bench(async (job) => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      return `did ${job}`
    })
    const { signal } = new AbortController()
    await runLanes({ jobs: numbers(250), count: 2, endsAfter: () => false, signal, ...rest })
    expect(most).toBe(2)
    expect([...outcomes].sort(([a], [b]) => a - b)).toEqual(numbers(250).map((job) => [job, `did ${job}`]))
    expect(workers.every(({ ended, jobs }) => ended && jobs.length <= FILES_PER_WORKER)).toBe(true)
    expect(workers.length).toBeGreaterThan(2)
  })

  it('give a worker that had a passphrase no other file', async () => {
    const { workers, ...rest } = bench(async () => 'done')
    const { signal } = new AbortController()
    await runLanes({ jobs: numbers(6), count: 1, endsAfter: (job) => job % 2 === 1, signal, ...rest })
    expect(workers.map(({ jobs }) => jobs)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
  })

  it('go on after a worker that broke, with a fresh one', async () => {
    const { workers, outcomes, ...rest } = bench(async (job) => {
      if (job === 1) throw new Error('broke')
      return 'done'
    })
    const { signal } = new AbortController()
    await runLanes({ jobs: numbers(3), count: 1, endsAfter: () => false, signal, ...rest })
    expect([...outcomes.values()]).toEqual(['done', 'broke', 'done'])
    expect(workers.map(({ jobs }) => jobs)).toEqual([[0, 1], [2]])
  })

  it('that are aborted begin nothing more, end what runs, and tell no outcome of it', async () => {
    const abort = new AbortController()
    const { workers, outcomes, ...rest } = bench((job) => {
      if (job === 2) abort.abort()
      return job < 2 ? Promise.resolve('done') : new Promise(() => undefined)
    })
    await runLanes({ jobs: numbers(9), count: 1, endsAfter: () => false, signal: abort.signal, ...rest })
    expect([...outcomes.keys()]).toEqual([0, 1])
    expect(workers).toEqual([{ jobs: [0, 1, 2], ended: true }])
  })
})
