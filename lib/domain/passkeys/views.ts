import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** A passkey as its owner sees it. Times are ISO 8601. */
export interface PasskeyView {
  id: string
  name: string
  /** Whether its provider may copy it to the owner's other devices. */
  synced: boolean
  createdAt: string
  lastUsedAt: string | null
}

/** What the account page knows of somebody's passkeys. */
export interface PasskeysView {
  passkeys: PasskeyView[]
  /** Why none can be registered or used at this console's address; null where they can. */
  unavailable: string | null
  /** The installation and this person's roles ask for one. */
  required: boolean
}

/** A registration that has begun: what the browser is asked for, and which challenge its answer belongs to. */
export interface BegunRegistration {
  challengeId: string
  options: PublicKeyCredentialCreationOptionsJSON
}

/** The same for a use. */
export interface BegunAssertion {
  challengeId: string
  options: PublicKeyCredentialRequestOptionsJSON
}
