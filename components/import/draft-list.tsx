'use client'

import { useRouter } from 'next/navigation'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { DraftView } from '@/lib/domain/imports/views'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'

type DraftListProps = { drafts: readonly DraftView[]; discard: Action<{ draftId: string }, unknown> }

/** Imports that were begun and not submitted. */
export function DraftList({ drafts, discard }: DraftListProps) {
  if (drafts.length === 0) return null
  const words =
    drafts.length === 1
      ? 'One import was begun and not submitted'
      : `${drafts.length} imports were begun and not submitted`
  return (
    <div className="mx-auto mb-6 max-w-5xl">
      <Disclosure summary={words}>
        <ul className="flex max-w-document flex-col">
          {drafts.map((draft) => (
            <DraftLine key={draft.id} draft={draft} discard={discard} />
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}

function DraftLine({ draft, discard }: { draft: DraftView; discard: DraftListProps['discard'] }) {
  const router = useRouter()
  const { act, pending, problem } = useAct(discard)
  const name = typeof draft.answers.name === 'string' && draft.answers.name ? draft.answers.name : 'no name yet'

  async function drop() {
    const result = await act({ draftId: draft.id })
    if (result?.ok) router.refresh()
  }

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-2 text-sm">
      <span className="flex flex-col">
        {/* A whole new page: the wizard starts from the draft. */}
        <a className="text-accent underline underline-offset-2" href={routes.newImport({ draft: draft.id })}>
          {name}, {draft.fileName ?? 'no file yet'}
        </a>
        <span className="text-text-muted text-xs">
          changed <DateTime value={draft.updatedAt} relative="inline" />
        </span>
        {problem ? <span className="text-danger">{problemWords(problem)}</span> : null}
      </span>
      <Button size="small" busy={pending} onClick={drop}>
        Discard<span className="sr-only"> the draft of {name}</span>
      </Button>
    </li>
  )
}
