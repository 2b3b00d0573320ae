import Download from 'lucide-react/icons/download'
import type { AuditView } from '@/lib/client/audit/audit-url'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { LinkButton } from '../ui/link-button'
import { exportHref } from './audit-links'

const FORMATS = [
  { format: 'csv', label: 'Export CSV' },
  { format: 'jsonl', label: 'Export JSON lines' },
] as const

/** Every page of what is shown, as a file. Exporting is recorded. */
export function ExportLinks({ view, closed }: { view: AuditView; closed: string | undefined }) {
  const icon = <Icon icon={Download} />
  return FORMATS.map(({ format, label }) =>
    closed ? (
      <Button key={format} icon={icon} disabledReason={closed}>
        {label}
      </Button>
    ) : (
      <LinkButton key={format} icon={icon} href={exportHref(view, format)} download>
        {label}
      </LinkButton>
    ),
  )
}
