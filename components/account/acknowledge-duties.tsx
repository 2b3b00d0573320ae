'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { ProblemSummary } from '../form/problem-summary'
import { Checkbox } from '../ui/choice'
import { ErrorSummary } from '../ui/error-summary'
import { SubmitButton } from '../ui/submit-button'

const READ_ID = 'duties-read'

type AcknowledgeDutiesProps = { version: string; acknowledge: Action<{ version: string }, unknown> }

/** Says, of one's own will, to have read exactly this version. */
export function AcknowledgeDuties({ version, acknowledge }: AcknowledgeDutiesProps) {
  const router = useRouter()
  const [read, setRead] = useState(false)
  const [missing, setMissing] = useState(false)
  const { act, pending, problem } = useAct(acknowledge)

  async function send(event: FormEvent) {
    event.preventDefault()
    setMissing(!read)
    if (!read) return
    const result = await act({ version })
    if (result?.ok) router.refresh()
  }

  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-4">
      <ErrorSummary errors={missing ? [{ message: 'Tick that you have read the duties.', fieldId: READ_ID }] : []} />
      <ProblemSummary problem={problem} />
      <Checkbox
        id={READ_ID}
        label="I have read these duties and answer for them."
        checked={read}
        onChange={(event) => setRead(event.target.checked)}
      />
      <div>
        <SubmitButton busy={pending}>Acknowledge the duties</SubmitButton>
      </div>
    </form>
  )
}
