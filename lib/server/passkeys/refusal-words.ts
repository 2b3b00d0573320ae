import 'server-only'
import type { ServiceError } from '../context'
import type { PasskeyRefusal } from './client-data'
import { type PasskeySettings, unavailableWords } from './relying-party'

type Told = Exclude<PasskeyRefusal, 'unavailable'>

const AGAIN = 'The passkey was not accepted, so nothing was done. Try again, or use another one.'

/** What the person is told; what was wrong with the bytes stands in the audit log. */
const WORDS = {
  'not-waiting': 'This took too long, or was answered already. Try again.',
  unreadable: AGAIN,
  'wrong-ceremony': AGAIN,
  'wrong-challenge': AGAIN,
  'wrong-origin':
    'The passkey was used at another address than this console’s. Look at the address bar, and tell an administrator.',
  'unknown-passkey': 'This passkey is not registered for your account, or no longer. Use another one.',
  'not-verified': AGAIN,
  attested: AGAIN,
  'known-credential': 'This passkey is registered already. Use another device or security key.',
  'counter-went-back':
    'This passkey has counted backwards: it may have been copied. Use another one, remove this one, and tell an administrator.',
} as const satisfies Record<Told, string>

export function refusedPasskey(refusal: PasskeyRefusal, { origin }: Pick<PasskeySettings, 'origin'>): ServiceError {
  const message = refusal === 'unavailable' ? unavailableWords(origin) : WORDS[refusal]
  return { code: 'passkey-refused', message }
}
