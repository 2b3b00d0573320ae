// Inside Chromium's page: files go to workers on the app's own lanes.
import { type LaneWorker, runLanes } from '@/lib/client/batch/lanes'
import type { KeyFileDone, KeyFileJob } from './key-files-worker'

type Job = KeyFileJob & { file?: Uint8Array<ArrayBuffer> }

function startWorker(): LaneWorker<Job, KeyFileDone> {
  const worker = new Worker('/worker.js', { type: 'module' })
  const run = (job: Job) =>
    new Promise<KeyFileDone>((resolve, reject) => {
      worker.onmessage = ({ data }) => ('done' in data ? resolve(data.done) : reject(new Error(data.failure)))
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage(job)
    })
  return { run, end: () => worker.terminate() }
}

/** Does the jobs on as many workers as there are cores; answers what each took, and milliseconds in all. */
async function measure(jobs: readonly Job[], lanes = navigator.hardwareConcurrency) {
  const took: number[][] = []
  const began = performance.now()
  await runLanes<Job, KeyFileDone>({
    jobs,
    count: lanes,
    start: startWorker,
    endsAfter: (job) => job.job === 'seal' && job.passphrase !== undefined,
    onDone: (_, outcome) => {
      if ('broke' in outcome) throw outcome.broke
      took.push(outcome.done.took)
    },
    signal: new AbortController().signal,
  })
  return { took, all: performance.now() - began, lanes }
}

Object.assign(globalThis, { measure })
