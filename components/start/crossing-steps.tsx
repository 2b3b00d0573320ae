import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { LinkButton } from '../ui/link-button'

export type CrossingStep = {
  title: string
  /** What happens, in a sentence or two. */
  told: string
  /** How it stands here and now. */
  now: ReactNode
  link: { label: string; href: string }
  /** Why the step is closed to this person. */
  closed: string | undefined
  /** The step that waits for somebody. */
  next: boolean
}

/** The way a key crosses, as three steps that are links. */
export function CrossingSteps({ steps }: { steps: readonly CrossingStep[] }) {
  return (
    <ol className="grid gap-x-8 gap-y-6 lg:grid-cols-3">
      {steps.map((step, index) => (
        <li
          key={step.title}
          className={`flex flex-col gap-3 border-t-2 pt-4 ${step.next ? 'border-accent' : 'border-line-strong'}`}
        >
          <h2 className="font-semibold text-base">
            <span className="mr-2 text-text-muted tabular-nums">{index + 1}</span>
            {step.title}
          </h2>
          <p className="max-w-prose text-sm text-text-muted">{step.told}</p>
          <p className="text-sm">{step.now}</p>
          <div className="mt-auto pt-1">
            <StepLink step={step} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function StepLink({ step: { link, closed, next } }: { step: CrossingStep }) {
  if (closed) return <Button disabledReason={closed}>{link.label}</Button>
  return (
    <LinkButton href={link.href} variant={next ? 'primary' : 'secondary'}>
      {link.label}
    </LinkButton>
  )
}
