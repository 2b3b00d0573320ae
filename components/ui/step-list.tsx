import clsx from 'clsx'
import Link from 'next/link'
import { Shape, type ShapeName } from './shape'

export type StepState = 'completed' | 'current' | 'incomplete' | 'blocked'

export type Step = { id: string; label: string; state: StepState; href?: string }

const words = {
  completed: 'Completed',
  current: 'Now',
  incomplete: 'Not done yet',
  blocked: "Can't start yet",
} satisfies Record<StepState, string>

const shapes = { completed: 'check', current: 'circle', incomplete: 'ring', blocked: 'ring' } satisfies Record<
  StepState,
  ShapeName
>

const colours = {
  completed: 'text-good',
  current: 'text-accent',
  incomplete: 'text-text-muted',
  blocked: 'text-text-muted',
} satisfies Record<StepState, string>

/** Where one is on the way, and what stands open. */
export function StepList({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <nav aria-label={label} className="print:hidden">
      <ol className="flex flex-col">
        {steps.map((step, index) => (
          <li
            key={step.id}
            aria-current={step.state === 'current' ? 'step' : undefined}
            className={clsx(
              'flex items-start gap-3 border-l-2 py-1.5 pl-3 text-sm',
              step.state === 'current' ? 'border-accent' : 'border-line',
            )}
          >
            <Shape name={shapes[step.state]} className={`mt-1 ${colours[step.state]}`} />
            <span className="flex flex-col">
              <StepName step={step} number={index + 1} />
              <span className="text-text-muted text-xs">{words[step.state]}</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function StepName({ step, number }: { step: Step; number: number }) {
  const name = `${number}. ${step.label}`
  if (step.href && step.state !== 'blocked') {
    return (
      <Link href={step.href} prefetch={false} className="rounded-sm hover:underline">
        {name}
      </Link>
    )
  }
  return (
    <span className={clsx(step.state === 'current' && 'font-medium', step.state === 'blocked' && 'text-text-muted')}>
      {name}
    </span>
  )
}
