import Download from 'lucide-react/icons/download'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { LinkButton } from '../ui/link-button'

const FORMATS = [
  { format: 'csv', label: 'Export CSV' },
  { format: 'jsonl', label: 'Export JSON lines' },
] as const

type ExportLinksProps = { hrefFor: (format: 'csv' | 'jsonl') => string; closed: string | undefined }

/** Every page of what is shown, as a file. Exporting is recorded. */
export function ExportLinks({ hrefFor, closed }: ExportLinksProps) {
  const icon = <Icon icon={Download} />
  return FORMATS.map(({ format, label }) =>
    closed ? (
      <Button key={format} icon={icon} disabledReason={closed}>
        {label}
      </Button>
    ) : (
      <LinkButton key={format} icon={icon} href={hrefFor(format)} download>
        {label}
      </LinkButton>
    ),
  )
}
