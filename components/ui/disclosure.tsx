import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { Icon } from './icon'

type DisclosureProps = {
  summary: ReactNode
  children: ReactNode
  open?: boolean
  /** For content that is drawn only while it is open. */
  onToggle?: (open: boolean) => void
}

/** More, for those who ask for it. The browser's own, so it works without script and opens for a search in the page. */
export function Disclosure({ summary, children, open, onToggle }: DisclosureProps) {
  return (
    <details className="group" open={open} onToggle={onToggle && ((event) => onToggle(event.currentTarget.open))}>
      <summary className="inline-flex list-none items-center gap-1.5 rounded-sm font-medium text-accent text-sm marker:hidden [&::-webkit-details-marker]:hidden">
        <Icon icon={ChevronRight} className="transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="mt-2 ml-2 border-l-2 pl-4">{children}</div>
    </details>
  )
}
