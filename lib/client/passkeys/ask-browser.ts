import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { type BrowserFault, faultOf } from './browser-fault'

/** What the browser's own dialog came to. */
export type Asked<T> = { ok: true; response: T } | { ok: false; fault: BrowserFault }

/** The library is loaded when somebody uses a passkey, and not before. */
const library = () => import('@simplewebauthn/browser')

export function askForPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<Asked<AuthenticationResponseJSON>> {
  return ask(optionsJSON, async () => (await library()).startAuthentication({ optionsJSON }))
}

export function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Asked<RegistrationResponseJSON>> {
  return ask(optionsJSON, async () => (await library()).startRegistration({ optionsJSON }))
}

async function ask<T>({ timeout }: { timeout?: number }, start: () => Promise<T>): Promise<Asked<T>> {
  const startedAt = performance.now()
  try {
    return { ok: true, response: await start() }
  } catch (error) {
    const waited = timeout !== undefined && performance.now() - startedAt >= timeout
    return { ok: false, fault: faultOf(error, waited) }
  }
}
