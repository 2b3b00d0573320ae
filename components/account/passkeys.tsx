import type { PasskeysView } from '@/lib/domain/passkeys/views'
import { Banner } from '../ui/banner'
import { EmptyState } from '../ui/empty-state'
import { Section } from '../ui/section'
import { PasskeyList } from './passkey-list'
import { type RegisterActions, RegisterPasskey } from './register-passkey'
import type { RemovePasskeyAction } from './remove-passkey'

type PasskeysProps = PasskeysView & { actions: RegisterActions & { remove: RemovePasskeyAction } }

/** One's passkeys: what they are for, which there are, and the way to another. */
export function Passkeys({ passkeys, unavailable, required, actions }: PasskeysProps) {
  const lastStays = required && passkeys.length === 1
  return (
    <Section
      id="passkeys"
      title="Passkeys"
      lead="A passkey proves that it is you: by a fingerprint, a face or a PIN, on this device, on a security key or on your phone. Once you have one it is asked for after your password, and instead of it for acts that can’t be taken back."
    >
      {unavailable ? <Banner tone="attention" title={unavailable} /> : null}
      {passkeys.length > 0 ? (
        <PasskeyList passkeys={passkeys} lastStays={lastStays} remove={actions.remove} />
      ) : (
        <EmptyState>
          You have no passkey. Register two, so that a lost one locks you out of nothing: one on this device, one on a
          security key that you keep elsewhere.
        </EmptyState>
      )}
      <RegisterPasskey unavailable={unavailable} actions={actions} />
    </Section>
  )
}
