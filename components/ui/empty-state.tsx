import type { ReactNode } from 'react'

/** Nothing here yet: one sentence that teaches the next step, and one button for it. Never for data that failed to load. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 border-y border-dashed px-2 py-10">
      <p className="max-w-prose text-text-muted">{children}</p>
      {action}
    </div>
  )
}
