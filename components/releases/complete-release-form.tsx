'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { err, ok } from '@/lib/domain/result'
import { ActForm } from '../form/act-form'
import { Button } from '../ui/button'
import { PASTE_TOKEN_FIRST, TokenField } from './token-field'

type CompleteReleaseFormProps = {
  digest: string
  action: Action<{ digest: string; token: string }, unknown>
  closed: string | undefined
}

const FIELD_IDS = { token: 'evidence-token' } as const

/** Supplies the token of a release that was made elsewhere. What is pasted stays until it is taken. */
export function CompleteReleaseForm({ digest, action, closed }: CompleteReleaseFormProps) {
  const router = useRouter()
  const [token, setToken] = useState('')

  function read() {
    const given = token.trim()
    return given ? ok({ digest, token: given }) : err({ token: PASTE_TOKEN_FIRST })
  }
  function done() {
    setToken('')
    router.refresh()
  }

  return (
    <ActForm action={action} fieldIds={FIELD_IDS} read={read} onDone={done}>
      {({ wrong, pending }) => (
        <div className="flex flex-col gap-3">
          <TokenField
            id={FIELD_IDS.token}
            label="Attestation token of this release"
            hint="As whoever asked for the key sent it to the vault. It is kept whole, with your name and the time."
            error={wrong.token}
            rows={4}
            value={token}
            onChange={setToken}
          />
          <div>
            <Button type="submit" disabledReason={closed} busy={pending}>
              Evaluate by this token
            </Button>
          </div>
        </div>
      )}
    </ActForm>
  )
}
