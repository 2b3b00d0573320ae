import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { LinkButton } from '../ui/link-button'

/** On every page of somebody whose roles need a passkey and who has none. */
export function PasskeyOwedNote() {
  return (
    <div className="mb-6">
      <Banner
        tone="attention"
        title="This installation asks you for a passkey."
        actions={<LinkButton href={routes.account('passkeys')}>Register a passkey</LinkButton>}
      >
        Until you have one, acts that can’t be taken back are closed to you.
      </Banner>
    </div>
  )
}
