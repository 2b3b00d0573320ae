import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { Icon } from './icon'

type LabelProps = { htmlFor: string; optional?: boolean; children: ReactNode }

export function FieldLabel({ htmlFor, optional = false, children }: LabelProps) {
  return (
    <label htmlFor={htmlFor} className="wrap-anywhere font-medium text-sm">
      {children}
      {optional ? <Optional /> : null}
    </label>
  )
}

export function FieldLegend({ optional = false, children }: { optional?: boolean; children: ReactNode }) {
  return (
    <legend className="font-medium text-sm">
      {children}
      {optional ? <Optional /> : null}
    </legend>
  )
}

function Optional() {
  return <span className="font-normal text-text-muted"> (optional)</span>
}

export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className="max-w-prose text-sm text-text-muted">
      {children}
    </div>
  )
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 font-medium text-danger text-sm">
      <Icon icon={CircleAlert} className="mt-0.5" />
      <span className="wrap-anywhere">
        <span className="sr-only">Error: </span>
        {children}
      </span>
    </p>
  )
}
