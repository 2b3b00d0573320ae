'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'

export type RetireAction = Action<{ kekId: string; how: RetireHow; typedName: string }, void>
type RetireHow = 'disable' | 'delete'

type RetireKekProps = {
  kekId: string
  name: string
  retire: RetireAction
  /** Why it can't be retired at all now. */
  blockedBecause: string | null
  alreadyDisabled: boolean
}

const WORDS = {
  disable: {
    title: (name: string) => `Disable KEK ${name}`,
    consequence: 'No further blob can be imported under it. Keys that crossed under it are not touched.',
    confirm: 'Disable KEK',
  },
  delete: {
    title: (name: string) => `Delete KEK ${name}`,
    consequence:
      'Its name is soft-deleted with all its versions and can’t be used again until it is purged. Blobs made for it are worth nothing then. Keys that crossed under it are not touched.',
    confirm: 'Delete KEK',
  },
} as const satisfies Record<RetireHow, { title: (name: string) => string; consequence: string; confirm: string }>

export function RetireKek({ kekId, name, retire, blockedBecause, alreadyDisabled }: RetireKekProps) {
  const router = useRouter()
  const [asking, setAsking] = useState<RetireHow | null>(null)
  const { act, problem } = useAct(retire)
  const words = asking ? WORDS[asking] : null
  const blocked = blockedBecause ?? undefined

  async function confirm() {
    if (!asking) return
    // The service asks for the name in both cases; the dialog has it typed where nothing brings the name back.
    const result = await act({ kekId, how: asking, typedName: name })
    if (!result?.ok) return
    setAsking(null)
    router.refresh()
  }

  return (
    <div className="flex flex-wrap gap-2">
      <Button
        disabledReason={blocked ?? (alreadyDisabled ? 'It is disabled already.' : undefined)}
        onClick={() => setAsking('disable')}
      >
        Disable…
      </Button>
      <Button disabledReason={blocked} onClick={() => setAsking('delete')}>
        Delete…
      </Button>
      {words ? (
        <ConfirmDialog
          open
          onClose={() => setAsking(null)}
          title={words.title(name)}
          consequence={words.consequence}
          confirmLabel={words.confirm}
          {...(asking === 'delete' ? { typeToConfirm: name } : {})}
          error={problem ? problemWords(problem) : undefined}
          onConfirm={confirm}
        />
      ) : null}
    </div>
  )
}
