'use client'

import { useRouter } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import type { VersionAct } from './version-acts'

const VersionActDialog = lazy(() => import('./version-act-dialog'))

export type VersionActInput = { connectionId: string; name: string; version: string; reason: string }
export type VersionActActions = Record<VersionAct, Action<VersionActInput, unknown>>

type VersionActButtonsProps = {
  target: Omit<VersionActInput, 'reason'> & { isLatest: boolean; isKek: boolean; enabled: boolean; isMarked: boolean }
  actions: VersionActActions
  closed: Record<VersionAct, string | undefined>
  /** Acts that have a page of their own. */
  more?: ReactNode
}

const labels = {
  disable: 'Disable now',
  compromised: 'Mark compromised',
  enable: 'Request enabling',
  unmark: 'Propose to take the mark back',
} satisfies Record<VersionAct, string>

const done = {
  disable: 'Disabled. Every cryptographic operation with this version is refused from now on.',
  compromised: 'Marked compromised. Go on with containing, replacing and migrating; disable it last.',
  enable: 'Asked. Another officer decides it; until then the version stays disabled.',
  unmark: 'Proposed. Another officer confirms it; until then the mark stands.',
} satisfies Record<VersionAct, string>

/** Stop, and the way back. The dialogs are loaded when one is first opened. */
export function VersionActButtons({ target, actions, closed, more }: VersionActButtonsProps) {
  const [open, setOpen] = useState<VersionAct | null>(null)
  const [last, setLast] = useState<VersionAct | null>(null)
  const router = useRouter()

  function finish(act: VersionAct) {
    setOpen(null)
    setLast(act)
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-3">
      <div data-page-actions className="flex flex-wrap gap-2">
        <Button disabledReason={closed.disable} onClick={() => setOpen('disable')}>
          {labels.disable}
        </Button>
        <Button disabledReason={closed.compromised} onClick={() => setOpen('compromised')}>
          {labels.compromised}
        </Button>
        <Button disabledReason={closed.enable} onClick={() => setOpen('enable')}>
          {labels.enable}
        </Button>
        {target.isMarked ? (
          <Button disabledReason={closed.unmark} onClick={() => setOpen('unmark')}>
            {labels.unmark}
          </Button>
        ) : null}
        {more}
      </div>
      <div role="status">{last ? <Banner tone="good" title={done[last]} /> : null}</div>
      {open ? (
        <Suspense>
          <VersionActDialog
            act={open}
            target={target}
            action={actions[open]}
            onClose={() => setOpen(null)}
            onDone={() => finish(open)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
