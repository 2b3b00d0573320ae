import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { inputClass } from './control-style'

type DateTimeInputProps = Omit<ComponentProps<'input'>, 'type'>

/** A date with its time, always in UTC. Values go through `utcInputToIso` and `isoToUtcInput`. */
export function DateTimeInput({ className, ...props }: DateTimeInputProps) {
  return (
    <div className="flex w-64 max-w-full items-center gap-2">
      <input type="datetime-local" {...props} className={clsx(inputClass, 'tabular-nums', className)} />
      <span className="font-medium text-sm text-text-muted">UTC</span>
    </div>
  )
}
