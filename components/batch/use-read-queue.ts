'use client'

import { useEffect, useRef, useState } from 'react'
import { runLanes } from '@/lib/client/batch/lanes'
import type { QueueEvent } from '@/lib/client/batch/queue'
import { type ReadJob, type ReadOutcome, startReader } from '@/lib/client/batch/read-one'
import { vaultErrors } from '@/lib/client/import/answer-errors'
import { blobName } from '@/lib/client/import/blob-name'
import { bytesLeft, soleProposal } from '@/lib/client/import/bytes-left'
import { checkedKek } from '@/lib/client/import/held-key'
import { GONE_WORDS } from '@/lib/client/import/key-file'
import type { WizardState } from '@/lib/client/import/wizard'
import { wipe } from '@/lib/crypto/bytes'
import type { WizardChoices } from '@/lib/domain/imports/views'
import type { Kept, QueueFile } from './queue-file'

type ReadQueue = {
  files: readonly QueueFile[]
  shared: WizardState
  choices: WizardChoices
  kept: ReadonlyMap<string, Kept>
  dispatch: (event: QueueEvent) => void
}

const LANES_AT_MOST = 8
const lanes = () => Math.min(navigator.hardwareConcurrency || 2, LANES_AT_MOST)

/**
 * Reads files, and seals the keys in them, each in a key worker's lane. Cancelled, what is sealed stays, and the next run
 * goes on with what is left.
 */
export function useReadQueue({ files, shared, choices, kept, dispatch }: ReadQueue) {
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const [missing] = vaultErrors(shared, choices)
  const waiting = files.filter(({ row }) => row.state === 'waiting')
  const locked = files.filter(({ row }) => row.state === 'locked')

  async function settle(job: ReadJob, outcome: { done: ReadOutcome } | { broke: unknown }): Promise<void> {
    const { id } = job
    const held = kept.get(id)?.held
    if (!held) return // removed meanwhile
    const done: ReadOutcome = 'done' in outcome ? outcome.done : { outcome: 'broke', words: GONE_WORDS.failed }
    switch (done.outcome) {
      case 'sealed': {
        const facts = await held.put(blobName(baseName(job.name)), done.bytes)
        return dispatch({ type: 'file-read', id, facts, sealed: done.sealed, proposal: null })
      }
      case 'transfer-blob': {
        const facts = await held.take(job.file)
        const sole = soleProposal(bytesLeft(choices, shared.answers, facts.ciphertextLength))
        const proposal = sole ? ({ type: 'type-chosen', ...sole } as const) : null
        return dispatch({ type: 'file-read', id, facts, sealed: null, proposal })
      }
      case 'locked':
        return dispatch({ type: 'reading', id, read: { state: 'locked', lock: done.lock, wrong: done.wrong } })
      case 'refused':
        return dispatch({ type: 'reading', id, read: { state: 'refused', remedy: done.remedy, command: done.command } })
      case 'broke':
        return dispatch({ type: 'reading', id, read: { state: 'broke', words: done.words } })
    }
  }

  /** A file that has gone, or changed, between its worker's look and the page's. */
  function unread({ id }: ReadJob, cause: unknown) {
    console.warn('a file could not be read', cause instanceof Error ? cause.name : typeof cause)
    dispatch({ type: 'reading', id, read: { state: 'broke', words: GONE_WORDS.failed } })
  }

  async function readAll(
    chosen: readonly QueueFile[],
    passphrase: Uint8Array<ArrayBuffer> | null,
    signal: AbortSignal,
  ) {
    const vault = choices.vaults.find(({ connectionId }) => connectionId === shared.answers.connectionId)
    const recorded = vault?.keks.find(({ kid }) => kid === shared.answers.kekKid)
    const kek = recorded && (await checkedKek(recorded))
    if (!kek) return setProblem(GONE_WORDS.kek)
    const lockOf = new Map(chosen.map(({ id, read }) => [id, read.state === 'locked' ? read.lock : null]))
    const settling: Promise<void>[] = []
    await runLanes({
      jobs: chosen.flatMap((file) => jobOf(file, kept.get(file.id))),
      count: lanes(),
      start: () => startReader({ kek, passphrase }),
      endsAfter: () => passphrase !== null,
      onBegin: ({ id }) => dispatch({ type: 'reading', id, read: { state: 'reading', lock: lockOf.get(id) ?? null } }),
      onDone: (job, outcome) => settling.push(settle(job, outcome).catch((cause) => unread(job, cause))),
      signal,
    })
    await Promise.all(settling)
    dispatch({ type: 'reading-stopped' })
  }

  async function start(chosen: readonly QueueFile[], passphrase: Uint8Array<ArrayBuffer> | null) {
    const mine = new AbortController()
    try {
      if (current.current) return
      current.current = mine
      setProblem(null)
      setRunning(true)
      await readAll(chosen, passphrase, mine.signal)
    } finally {
      if (passphrase) wipe(passphrase)
      if (current.current === mine) {
        current.current = null
        setRunning(false)
      }
    }
  }

  return {
    waiting: waiting.length,
    locked,
    running,
    problem,
    /** Why nothing can be read yet. */
    missing: missing?.message ?? null,
    read: () => start(waiting, null),
    /** UTF-8. Handed over for good. */
    unlock: (passphrase: Uint8Array<ArrayBuffer>) => start(locked, passphrase),
    cancel: () => current.current?.abort(),
  }
}

const baseName = (path: string) => path.split('/').at(-1) ?? path

function jobOf({ id, name, line }: QueueFile, kept: Kept | undefined): ReadJob[] {
  const expectedSha256 = line.state === 'followed' ? line.row.expectedSha256 : null
  return kept ? [{ id, name, file: kept.file, expectedSha256 }] : []
}
