'use client'

import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { KeyId } from '../ui/key-id'

/** The invitation as it is shown once: to whoever confirmed, on this page, until they leave it. */
export function InvitationLink({ token }: { token: string }) {
  return (
    <Banner tone="attention" title="Hand this link to the person yourself. It is shown only now.">
      <p className="mb-2">
        It opens once, within 72 hours, and lets them set their password. Whoever has it can do so: give it to nobody
        else and put it into no ticket. Once you leave this page it can’t be shown again; a new one takes two
        administrators.
      </p>
      <KeyId
        value={`${window.location.origin}${routes.invitation(token)}`}
        label="Copy the invitation’s link"
        length={0}
      />
    </Banner>
  )
}
