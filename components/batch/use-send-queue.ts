'use client'

import { useRef, useState } from 'react'
import { type ActKey, performAct } from '@/lib/client/acts/use-act'
import { lastsFor, preparedOf, type QueueActions } from '@/lib/client/batch/queue-calls'
import { submitInputOf } from '@/lib/client/import/wizard-calls'
import type { Problem } from '@/lib/domain/actions/action-result'
import type { PreparedBatch, SubmitImportInput } from '@/lib/domain/imports/views'
import type { Kept, QueueFile } from './queue-file'

type SendQueue = { files: readonly QueueFile[]; kept: ReadonlyMap<string, Kept>; actions: QueueActions }

/** One file with what is sent of it, fixed when the queue is begun. */
type Ready = { file: QueueFile; input: SubmitImportInput; key: ActKey }

/**
 * Sends what is ready, one file after the other: each is an import of its own with a key of its own, and one that fails
 * stops no other. One confirmation stands for all of them.
 */
export function useSendQueue({ files, kept, actions }: SendQueue) {
  const running = useRef(false)
  const batchKey = useRef<string | undefined>(undefined)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const ready = files.flatMap((file) => readyOf(file, kept.get(file.id)))

  async function confirm(waiting: readonly Ready[]): Promise<PreparedBatch | null> {
    const imports = await Promise.all(waiting.map(({ input }) => preparedOf(input)))
    const result = await performAct(actions.prepareBatch, batchKey, { imports })
    batchKey.current = undefined // the next one is about other files, or asks anew
    if (result.ok) return result.value
    setProblem(result.problem)
    return null
  }

  async function sendAll(waiting: readonly Ready[]): Promise<void> {
    let prepared = await confirm(waiting)
    for (const [index, { file, input, key }] of waiting.entries()) {
      if (prepared && !lastsFor(prepared, Date.now())) prepared = await confirm(waiting.slice(index))
      if (!prepared) return
      file.dispatch({ type: 'submit-started' })
      const result = await performAct(actions.submitImport, key, input)
      file.dispatch(
        result.ok ? { type: 'submit-done', output: result.value } : { type: 'submit-refused', problem: result.problem },
      )
      if (!result.ok && result.problem.code === 'signed-out') return
    }
  }

  async function send() {
    if (running.current) return
    running.current = true
    setProblem(null)
    setSending(true)
    await sendAll(ready)
    setSending(false)
    running.current = false
  }

  return { ready: ready.length, sending, problem, send }
}

/** Nothing stands in its way, or the console refused it before and it may be sent again. */
function readyOf(file: QueueFile, kept: Kept | undefined): Ready[] {
  const { row, state, report } = file
  if (!kept || row.errors.length > 0 || (row.state !== 'ready' && row.state !== 'refused')) return []
  const input = submitInputOf(state, report, kept.held)
  return input ? [{ file, input, key: kept.key }] : []
}
