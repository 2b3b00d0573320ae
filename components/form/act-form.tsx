'use client'

import { type ReactNode, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action, Problem } from '@/lib/domain/actions/action-result'
import type { Result } from '@/lib/domain/result'
import { ErrorSummary } from '../ui/error-summary'
import { ProblemSummary } from './problem-summary'

/** Field → what is wrong with it. */
export type FieldProblems = Readonly<Record<string, string>>

type ActFormProps<Input, Output> = {
  action: Action<Input, Output>
  /** Field → id of its control, to which the summary leads. */
  fieldIds: Readonly<Record<string, string>>
  /** What the form holds, or what must be mended before the console is asked. */
  read: (form: FormData) => Result<Input, FieldProblems>
  onDone: (value: Output) => void
  children: (state: { wrong: FieldProblems; pending: boolean }) => ReactNode
}

/**
 * A page's form for one act: all that is wrong stands above it, first what the form itself misses, then what the console
 * answered, and beside each field. What was typed stays.
 */
export function ActForm<Input, Output>({ action, fieldIds, read, onDone, children }: ActFormProps<Input, Output>) {
  const { act, pending, problem } = useAct(action)
  const [missing, setMissing] = useState<FieldProblems>({})
  const isMissing = Object.keys(missing).length > 0

  async function submit(form: FormData) {
    const input = read(form)
    setMissing(input.ok ? {} : input.error)
    const answer = input.ok ? await act(input.value) : undefined
    if (answer?.ok) onDone(answer.value)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit(new FormData(event.currentTarget))
      }}
      className="flex flex-col gap-6"
    >
      {isMissing ? (
        <ErrorSummary errors={linked(missing, fieldIds)} />
      ) : (
        <ProblemSummary problem={problem} fieldIds={fieldIds} />
      )}
      {children({ wrong: isMissing ? missing : refused(problem), pending })}
    </form>
  )
}

function linked(missing: FieldProblems, fieldIds: Readonly<Record<string, string>>) {
  return Object.entries(missing).map(([field, message]) => {
    const fieldId = fieldIds[field]
    return fieldId ? { message, fieldId } : { message }
  })
}

/** The console names fields by their path; a form knows them by the last part. */
function refused(problem: Problem | null): FieldProblems {
  const fields = Object.entries(problem?.fields ?? {})
  return Object.fromEntries(fields.map(([path, message]) => [path.split('.').at(-1) ?? path, message]))
}
