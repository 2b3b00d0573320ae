// Inside Chromium's page: files go to workers on the app's own lanes.
import { type LaneWorker, runLanes } from '@/lib/client/batch/lanes'
import type { KeyFileDone, KeyFileJob } from './key-files-worker'

type Job = KeyFileJob & { file?: Uint8Array<ArrayBuffer> }
/** As it crosses from the bench: bytes as base64. */
type AskedJob =
  | { job: 'seal'; file: string; passphrase?: string; times: number }
  | { job: 'derive'; iterations: number; times: number }

const bytes = (text: string) => Uint8Array.from(atob(text), (digit) => digit.charCodeAt(0))

function asGiven(asked: AskedJob): Job {
  if (asked.job === 'derive') return asked
  const { file, passphrase, ...job } = asked
  return { ...job, file: bytes(file), ...(passphrase === undefined ? {} : { passphrase: bytes(passphrase) }) }
}

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
async function perform({ jobs, lanes = navigator.hardwareConcurrency }: { jobs: AskedJob[]; lanes?: number }) {
  const given = jobs.map(asGiven)
  const took: number[][] = []
  const began = performance.now()
  await runLanes<Job, KeyFileDone>({
    jobs: given,
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

Object.assign(globalThis, { perform })
