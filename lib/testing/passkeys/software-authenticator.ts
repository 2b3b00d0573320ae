import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { AssertionResponse, RegistrationResponse } from '@/lib/domain/passkeys/responses'
import { type Cbor, encodeCbor } from './cbor'

/** Everything that an honest answer says, so that a test may say something else in one place. */
export interface Told {
  challenge: string
  origin: string
  rpId: string
  type: string
  crossOrigin: boolean
  topOrigin: string | undefined
  userPresent: boolean
  userVerified: boolean
  backupEligible: boolean
  counter: number
  userHandle: string | undefined
}

export interface Attestation {
  fmt: string
  attStmt: ReadonlyMap<string, Cbor>
}

type Kind = 'ES256' | 'EdDSA' | 'RS256'
const ALGORITHM = { ES256: -7, EdDSA: -8, RS256: -257 } as const satisfies Record<Kind, number>

const FLAG = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, attested: 0x40 } as const
const base64url = (bytes: Buffer) => bytes.toString('base64url')
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()

/** An authenticator and the browser before it, made of node:crypto. https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
export function softwareAuthenticator({ origin, rpId }: { origin: string; rpId: string }, kind: Kind = 'ES256') {
  const { privateKey, publicKey } = keyPair(kind)
  const rawId = randomBytes(32)
  const id = base64url(rawId)
  let counter = 0

  const honest = (challenge: string, type: string): Told => ({
    challenge,
    origin,
    rpId,
    type,
    crossOrigin: false,
    topOrigin: undefined,
    userPresent: true,
    userVerified: true,
    backupEligible: false,
    counter: ++counter,
    userHandle: undefined,
  })

  const signed = (data: Buffer, clientDataJSON: string) => {
    const text = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return sign(kind === 'EdDSA' ? null : 'sha256', text, privateKey)
  }

  return {
    id,
    /** What `navigator.credentials.create` would answer. */
    register(challenge: string, lies: Partial<Told> = {}, attestation?: Attestation | 'self'): RegistrationResponse {
      const told = { ...honest(challenge, 'webauthn.create'), ...lies }
      const length = Buffer.from([0, rawId.length])
      const credential = Buffer.concat([Buffer.alloc(16), length, rawId, encodeCbor(coseKey(kind, publicKey))])
      const authData = Buffer.concat([authenticatorData(told, FLAG.attested), credential])
      const clientDataJSON = clientData(told)
      const self = () => ({
        fmt: 'packed',
        attStmt: new Map<string, Cbor>([
          ['alg', ALGORITHM[kind]],
          ['sig', signed(authData, clientDataJSON)],
        ]),
      })
      const { fmt, attStmt } = attestation === 'self' ? self() : (attestation ?? { fmt: 'none', attStmt: new Map() })
      const attestationObject = encodeCbor(
        new Map<string, Cbor>([
          ['fmt', fmt],
          ['attStmt', attStmt],
          ['authData', authData],
        ]),
      )
      const response = { clientDataJSON, attestationObject: base64url(attestationObject) }
      return { id, rawId: id, type: 'public-key', response: { ...response, transports: ['internal'] } }
    },
    /** What `navigator.credentials.get` would answer. */
    use(challenge: string, lies: Partial<Told> & { id?: string } = {}): AssertionResponse {
      const told = { ...honest(challenge, 'webauthn.get'), ...lies }
      const [data, clientDataJSON] = [authenticatorData(told, 0), clientData(told)]
      const shownId = lies.id ?? id
      return {
        id: shownId,
        rawId: shownId,
        type: 'public-key',
        response: {
          clientDataJSON,
          authenticatorData: base64url(data),
          signature: base64url(signed(data, clientDataJSON)),
          ...(told.userHandle === undefined ? {} : { userHandle: told.userHandle }),
        },
      }
    },
  }
}
export type SoftwareAuthenticator = ReturnType<typeof softwareAuthenticator>

function clientData({ type, challenge, origin, crossOrigin, topOrigin }: Told): string {
  return base64url(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin })))
}

function authenticatorData(told: Told, more: number): Buffer {
  const flags =
    more |
    (told.userPresent ? FLAG.userPresent : 0) |
    (told.userVerified ? FLAG.userVerified : 0) |
    (told.backupEligible ? FLAG.backupEligible : 0)
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(told.counter)
  return Buffer.concat([sha256(told.rpId), Buffer.from([flags]), counter])
}

function keyPair(kind: Kind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return kind === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** RFC 9053: kty 1, alg 3, and the numbers of each kind. */
function coseKey(kind: Kind, key: KeyObject): ReadonlyMap<number, Cbor> {
  const jwk = key.export({ format: 'jwk' })
  const part = (name: 'x' | 'y' | 'n' | 'e') => Buffer.from(jwk[name] ?? '', 'base64url')
  const entries: Record<Kind, [number, Cbor][]> = {
    ES256: [
      [1, 2],
      [3, ALGORITHM.ES256],
      [-1, 1],
      [-2, part('x')],
      [-3, part('y')],
    ],
    EdDSA: [
      [1, 1],
      [3, ALGORITHM.EdDSA],
      [-1, 6],
      [-2, part('x')],
    ],
    RS256: [
      [1, 3],
      [3, ALGORITHM.RS256],
      [-1, part('n')],
      [-2, part('e')],
    ],
  }
  return new Map(entries[kind])
}
