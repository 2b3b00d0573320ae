'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { LinkButton } from '../ui/link-button'

const RemoveVaultDialog = lazy(() => import('./remove-vault-dialog'))

export type RemoveAction = Action<{ connectionId: string; typedName: string }, unknown>

type VaultActsProps = {
  vault: { id: string; name: string }
  check: Action<{ connectionId: string }, unknown>
  remove: RemoveAction
  closed: { check: string | undefined; change: string | undefined; remove: string | undefined }
}

/** Ask the vault now, or take the connection away. */
export function VaultActs({ vault, check, remove, closed }: VaultActsProps) {
  const { act, problem } = useAct(check)
  const [removing, setRemoving] = useState(false)
  const router = useRouter()

  async function checkNow() {
    await act({ connectionId: vault.id })
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-3">
      <div data-page-actions className="flex flex-wrap gap-2">
        <Button disabledReason={closed.check} onClick={checkNow}>
          Check now
        </Button>
        {closed.change ? (
          <Button disabledReason={closed.change}>Change…</Button>
        ) : (
          <LinkButton href={routes.changeVault(vault.id)}>Change…</LinkButton>
        )}
        <Button disabledReason={closed.remove} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      <div role="status">{problem ? <Banner tone="danger" title={problemWords(problem)} /> : null}</div>
      {removing ? (
        <Suspense>
          <RemoveVaultDialog vault={vault} action={remove} onClose={() => setRemoving(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
