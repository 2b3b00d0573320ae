'use client'

import { lazy, Suspense, useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'

const AccountActDialog = lazy(() => import('./account-act-dialog'))

export type AccountAct = 'disable' | 'enable' | 'invite' | 'resetPasskeys'

type About = { personId: string; reason: string }
export type AccountActions = {
  disable: Action<About & { acknowledged: boolean }, unknown>
  enable: Action<About, { proposalId: string }>
  invite: Action<About, { proposalId: string }>
  resetPasskeys: Action<About, { proposalId: string }>
}

type AccountActsProps = {
  person: { id: string; name: string; closed: boolean; leavesOneAdministrator: boolean }
  actions: AccountActions
  /** Why each can't be done by this reader now. */
  closed: Record<AccountAct, string | undefined>
}

/** Close it at once, or propose to open it again, to give it another password, or to take lost passkeys away. */
export function AccountActs({ person, actions, closed }: AccountActsProps) {
  const [act, setAct] = useState<AccountAct>()
  return (
    <div data-page-actions className="flex flex-wrap gap-2">
      {person.closed ? (
        <Button disabledReason={closed.enable} onClick={() => setAct('enable')}>
          Propose to open it again…
        </Button>
      ) : (
        <>
          <Button disabledReason={closed.invite} onClick={() => setAct('invite')}>
            Propose a new invitation…
          </Button>
          <Button disabledReason={closed.resetPasskeys} onClick={() => setAct('resetPasskeys')}>
            Propose to take lost passkeys away…
          </Button>
          <Button variant="danger" disabledReason={closed.disable} onClick={() => setAct('disable')}>
            Close this account…
          </Button>
        </>
      )}
      {act ? (
        <Suspense>
          <AccountActDialog act={act} person={person} actions={actions} onClose={() => setAct(undefined)} />
        </Suspense>
      ) : null}
    </div>
  )
}
