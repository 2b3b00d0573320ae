'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import type { PolicyView } from '@/lib/domain/connections/policy-view'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'

const ProposePolicyDialog = lazy(() => import('./propose-policy-dialog'))

export type ProposePolicyAction = Action<
  { connectionId: string; approvalsRequired: number; approverIds: string[]; reason: string },
  unknown
>

type ProposePolicyProps = {
  vault: { id: string; name: string }
  policy: PolicyView
  propose: ProposePolicyAction
  closed: string | undefined
}

/** The form is loaded when it is first opened. */
export function ProposePolicy({ vault, policy, propose, closed }: ProposePolicyProps) {
  const [open, setOpen] = useState(false)
  const [proposed, setProposed] = useState(false)
  const router = useRouter()

  function finish() {
    setOpen(false)
    setProposed(true)
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button disabledReason={closed} onClick={() => setOpen(true)}>
          Propose another policy
        </Button>
      </div>
      <div role="status">
        {proposed ? <Banner tone="good" title="Proposed. Another administrator confirms it." /> : null}
      </div>
      {open ? (
        <Suspense>
          <ProposePolicyDialog
            vault={vault}
            policy={policy}
            action={propose}
            onClose={() => setOpen(false)}
            onDone={finish}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
