'use client'

import { useEffect, useRef } from 'react'
import { problemWords } from '@/lib/client/acts/use-act'
import type { Problem } from '@/lib/domain/actions/action-result'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { ErrorSummary } from '../ui/error-summary'

type ProblemSummaryProps = {
  problem: Problem | null
  /** Field path of the action's input → id of its control. */
  fieldIds?: Readonly<Record<string, string>>
}

/** What the console answered to an act, above its form: each field's error linked, else the one sentence. */
export function ProblemSummary({ problem, fieldIds = {} }: ProblemSummaryProps) {
  if (!problem) return null
  if (problem.code === 'signed-out') return <SignedOut words={problemWords(problem)} />
  const fields = Object.entries(problem.fields ?? {}).map(([path, message]) => {
    const fieldId = fieldIds[path] ?? fieldIds[path.split('.').at(-1) ?? '']
    return fieldId ? { message, fieldId } : { message }
  })
  return <ErrorSummary errors={fields.length > 0 ? fields : [{ message: problemWords(problem) }]} />
}

/** The session ended; the form stays as it is while they sign in beside it. */
function SignedOut({ words }: { words: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} role="alert" tabIndex={-1}>
      <Banner
        tone="attention"
        title={words}
        actions={
          <a href={routes.signIn()} target="_blank" rel="noreferrer" className="underline underline-offset-2">
            Sign in in a new tab
          </a>
        }
      >
        Come back to this tab afterwards and send it again.
      </Banner>
    </div>
  )
}
