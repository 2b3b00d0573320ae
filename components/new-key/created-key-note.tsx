import type { CreatedKey } from '@/lib/domain/keys/exportable-key'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { KeyId } from '../ui/key-id'
import { LinkButton } from '../ui/link-button'

const focus = (note: HTMLElement | null) => note?.focus()

/** What was made, and what has to happen before anybody can use it. */
export function CreatedKeyNote({ made, vaultName }: { made: CreatedKey; vaultName: string }) {
  const { connectionId, name, version } = made
  return (
    // The form that held the focus is gone.
    <div role="status" tabIndex={-1} ref={focus} className="flex flex-col gap-4">
      <Banner tone="good" title={`${name} is in ${vaultName}, disabled`}>
        It can neither be used nor released yet. On its page, ask to have it enabled: an approver other than you reads
        its facts and decides.
      </Banner>
      <p className="text-sm">
        Version <KeyId value={version} label="Copy the version" length={0} />
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={routes.key(connectionId, name, version)} variant="primary">
          Ask to have it enabled
        </LinkButton>
        <LinkButton href={routes.keyPolicy(connectionId, name)}>Its release policy</LinkButton>
      </div>
    </div>
  )
}
