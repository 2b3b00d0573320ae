import Download from 'lucide-react/icons/download'
import type { SealerFacts } from '@/lib/domain/keks/views'
import { routes } from '@/lib/routes'
import { CodeBlock } from '../ui/code-block'
import { Fingerprint } from '../ui/fingerprint'
import { Icon } from '../ui/icon'
import { LinkButton } from '../ui/link-button'

/** The sealer as a file to carry to a machine without a network, with what it is checked by. */
export function OfflineSealer({ sealer }: { sealer: SealerFacts | null }) {
  if (!sealer) {
    return (
      <p className="max-w-prose text-attention">
        It is not here, or not as it was built. Have an administrator run{' '}
        <code className="font-mono">npm run build</code> and start the console again.
      </p>
    )
  }
  const kilobytes = Math.ceil(sealer.bytes / 1000)
  return (
    <div className="flex max-w-document flex-col gap-4">
      <div>
        <LinkButton href={routes.offlineSealer()} download={sealer.fileName} icon={<Icon icon={Download} />}>
          Download the offline sealer ({kilobytes} kB)
        </LinkButton>
      </div>
      <div className="flex flex-col gap-1">
        <span className="text-sm text-text-muted">SHA-256 of the file</span>
        <Fingerprint value={sealer.sha256} label="Copy the sealer’s SHA-256" />
      </div>
      <p className="max-w-prose text-sm text-text-muted">
        Compare it on the machine that will run it, and with a build of your own: from the same source,{' '}
        <code className="font-mono">npm run build:sealer</code> prints the same value.
      </p>
      <CodeBlock shell label="Copy the command" code={`sha256sum ${sealer.fileName}`} />
    </div>
  )
}
