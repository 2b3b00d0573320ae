import { useId } from 'react'

type ProgressProps = { label: string; value: number; max: number }

/** A bar that measures, for what takes three to ten seconds. */
export function Progress({ label, value, max }: ProgressProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1 text-sm">
      <label htmlFor={id}>{label}</label>
      <progress
        id={id}
        value={value}
        max={max}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  )
}
