'use client'

import { useEffect, useReducer, useState } from 'react'
import { type ChosenFile, sortChosen } from '@/lib/client/batch/chosen-files'
import { readManifestCells } from '@/lib/client/batch/manifest-csv'
import { queueReducer, startQueue } from '@/lib/client/batch/queue'
import type { QueueActions } from '@/lib/client/batch/queue-calls'
import { createHeldFile } from '@/lib/client/import/held-file'
import type { WizardEvent } from '@/lib/client/import/wizard'
import { isRecording, openLedger } from '@/lib/client/outbound/ledger-store'
import { BATCH_AT_MOST, type WizardChoices } from '@/lib/domain/imports/views'
import { useLeaveGuard } from '../form/use-leave-guard'
import { useNow } from '../ui/use-now'
import type { Kept } from './queue-file'
import { createQueueViews } from './queue-views'
import { useReadQueue } from './use-read-queue'
import { useSendQueue } from './use-send-queue'

export interface ImportQueueProps {
  choices: WizardChoices
  start: { connectionId?: string; kekKid?: string }
  actions: QueueActions
}

const LOSS = 'Files of this queue have not been imported. Leave, and let them go?'
const TYPING_PAUSE_MS = 500

/** The one place where the queue's state, the held files and the console meet. */
export function useImportQueue({ choices, start, actions }: ImportQueueProps) {
  const [queue, dispatch] = useReducer(queueReducer, start, startQueue)
  const [kept] = useState(() => new Map<string, Kept>())
  const [views] = useState(createQueueViews)
  const [notice, setNotice] = useState<string | null>(null)
  const [manifestProblem, setManifestProblem] = useState<string | null>(null)
  const now = useMoment()
  const files = views(queue, { choices, kept, now, actions, dispatch })
  const reader = useReadQueue({ files, shared: queue.shared, choices, kept, dispatch })
  const sender = useSendQueue({ files, kept, actions })

  useEffect(() => () => forgetAll(kept), [kept])
  const unsent = files.some(({ row }) => row.state !== 'done' && row.state !== 'out')
  useLeaveGuard(unsent, LOSS)
  // Each name is asked about once its answers stand, after a pause in the typing.
  useEffect(() => {
    const waiting = files.filter(({ row, state }) => row.state === 'asking' && state.facts.state === 'not-asked')
    if (waiting.length === 0) return
    const timer = setTimeout(() => {
      for (const { ask } of waiting) void ask()
    }, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  })

  function add(chosen: readonly ChosenFile[]) {
    if (!isRecording()) openLedger()
    const { keys, manifest, leftOut } = sortChosen(chosen)
    const taken = keys.slice(0, BATCH_AT_MOST - kept.size)
    const added = taken.map(({ name, file }) => {
      const id = crypto.randomUUID()
      kept.set(id, { file, held: createHeldFile(), key: { current: undefined } })
      return { id, name }
    })
    dispatch({ type: 'added', files: added })
    setNotice(noticeOf(leftOut, keys.length - taken.length))
    if (manifest) void giveManifest(manifest)
  }

  async function giveManifest(file: File) {
    const cells = await readManifestCells(file)
    setManifestProblem(cells.ok ? null : `${file.name}: ${cells.error}`)
    dispatch({
      type: 'manifest-given',
      manifest: cells.ok ? { name: file.name, cells: cells.value, now: new Date() } : null,
    })
  }

  function removeManifest() {
    setManifestProblem(null)
    dispatch({ type: 'manifest-given', manifest: null })
  }

  const [remove] = useState(() => (id: string) => {
    kept.get(id)?.held.clear()
    kept.delete(id)
    dispatch({ type: 'removed', id })
  })

  const shared = {
    state: queue.shared,
    choices,
    now,
    dispatch: (event: WizardEvent) => dispatch({ type: 'shared', event }),
  }
  return {
    shared,
    files,
    manifest: queue.manifest,
    manifestProblem,
    notice,
    add,
    remove,
    giveManifest,
    removeManifest,
    dispatch,
    reader,
    sender,
  }
}

export type ImportQueueParts = ReturnType<typeof useImportQueue>

/** The same object until the time moves on. */
function useMoment(): Date {
  const time = useNow('half-minute')
  const [moment, setMoment] = useState(() => new Date(time))
  if (moment.getTime() !== time) setMoment(new Date(time))
  return moment
}

function forgetAll(kept: Map<string, Kept>) {
  for (const { held } of kept.values()) held.clear()
}

function noticeOf(leftOut: readonly string[], tooMany: number): string | null {
  const parts = [
    tooMany > 0 ? `${BATCH_AT_MOST} files go at once: ${tooMany} were not taken.` : '',
    leftOut.length > 0 ? `Left out, for they are no key files: ${leftOut.slice(0, 5).join(', ')}${more(leftOut)}.` : '',
  ]
  return parts.filter(Boolean).join(' ') || null
}

const more = (names: readonly string[]) => (names.length > 5 ? ` and ${names.length - 5} more` : '')
