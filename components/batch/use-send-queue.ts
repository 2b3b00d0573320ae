'use client'

import { useEffect, useRef, useState } from 'react'
import { type ActKey, performAct } from '@/lib/client/acts/use-act'
import {
  type Confirmed,
  confirmedBy,
  covers,
  pause,
  portionOf,
  preparedOf,
  type QueueActions,
  waitOf,
} from '@/lib/client/batch/queue-calls'
import { submitInputOf } from '@/lib/client/import/wizard-calls'
import type { Problem } from '@/lib/domain/actions/action-result'
import type { PreparedImport, SubmitImportInput } from '@/lib/domain/imports/views'
import type { Kept, QueueFile } from './queue-file'

type SendQueue = { files: readonly QueueFile[]; kept: ReadonlyMap<string, Kept>; actions: QueueActions }

/** One file with what is sent of it, fixed when the queue is begun. */
type Ready = { file: QueueFile; input: SubmitImportInput; prepared: PreparedImport; key: ActKey }

/** `stopping`: the one that is on its way is the last. */
type Sending = 'no' | 'sending' | 'stopping'

/**
 * Sends what is ready, one file after the other: each is an import of its own with a key of its own, and one that fails
 * stops no other. One confirmation stands for all of them, also after a stop. Where the console says that it is too much
 * at once, it is waited for.
 */
export function useSendQueue({ files, kept, actions }: SendQueue) {
  const running = useRef<AbortController | null>(null)
  const confirmed = useRef<Confirmed | null>(null)
  const batchKey = useRef<string | undefined>(undefined)
  const [sending, setSending] = useState<Sending>('no')
  const [problem, setProblem] = useState<Problem | null>(null)
  const ready = files.filter(isReady)
  useEffect(() => () => running.current?.abort(), [])

  async function confirm(waiting: readonly Ready[]): Promise<boolean> {
    const imports = portionOf(waiting.map(({ prepared }) => prepared))
    const result = await performAct(actions.prepareBatch, batchKey, { imports })
    batchKey.current = undefined // the next one is about other files, or asks anew
    if (!result.ok) setProblem(result.problem)
    confirmed.current = result.ok ? confirmedBy(result.value, imports) : null
    return result.ok
  }

  /** Answers whether the next one may be sent. */
  async function sendOne({ file, input, key }: Ready, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      file.dispatch({ type: 'submit-started' })
      const result = await performAct(actions.submitImport, key, input)
      file.dispatch(
        result.ok ? { type: 'submit-done', output: result.value } : { type: 'submit-refused', problem: result.problem },
      )
      const wait = result.ok ? null : waitOf(result.problem)
      if (wait === null) return result.ok || result.problem.code !== 'signed-out'
      await pause(wait, signal)
      if (signal.aborted) return false
    }
  }

  async function sendAll(waiting: readonly Ready[], signal: AbortSignal): Promise<void> {
    for (const [index, one] of waiting.entries()) {
      if (signal.aborted) return
      const open = covers(confirmed.current, one.prepared, Date.now()) || (await confirm(waiting.slice(index)))
      if (!open || signal.aborted || !(await sendOne(one, signal))) return
    }
  }

  async function send() {
    if (running.current) return
    const stop = new AbortController()
    running.current = stop
    setProblem(null)
    setSending('sending')
    const waiting = await Promise.all(ready.map((file) => readyOf(file, kept.get(file.id))))
    await sendAll(waiting.flat(), stop.signal)
    running.current = null
    setSending('no')
  }

  function stop() {
    running.current?.abort()
    setSending('stopping')
  }

  return { ready: ready.length, sending, problem, send, stop }
}

/** Nothing stands in its way, or the console refused it before and it may be sent again. */
const isReady = ({ row }: QueueFile) => row.errors.length === 0 && (row.state === 'ready' || row.state === 'refused')

async function readyOf(file: QueueFile, kept: Kept | undefined): Promise<Ready[]> {
  const input = kept ? submitInputOf(file.state, file.report, kept.held) : null
  return kept && input ? [{ file, input, prepared: await preparedOf(input), key: kept.key }] : []
}
