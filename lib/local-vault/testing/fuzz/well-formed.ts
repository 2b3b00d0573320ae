import type { OperationName } from '../../azure/match-route'
import { routes } from '../../azure/match-route'
import type { VaultKind } from '../../azure/vault-kind'
import type { Random } from './random'

/** A request before something is done to it. `path` begins with a slash, `query` has no question mark. */
export type Draft = {
  operation: OperationName
  method: string
  path: string
  query: string
  headers: [name: string, value: string][]
  body: unknown
}

/** Keys that stay as they are, for what reads and uses them. */
export const steadyKeys = {
  'azure-key-vault': { 'fz-ec': { kty: 'EC' }, 'fz-rsa': { kty: 'RSA' }, 'fz-oct': { kty: 'oct-HSM', key_size: 256 } },
  'azure-managed-hsm': {
    'fz-ec': { kty: 'EC-HSM' },
    'fz-rsa': { kty: 'RSA-HSM' },
    'fz-oct': { kty: 'oct-HSM', key_size: 256 },
  },
} as const satisfies Record<VaultKind, Record<string, object>>

/** Names for everything that changes keys; they come and go. */
const restlessNames = Array.from({ length: 8 }, (_unused, at) => `fz-restless-${at}`)

const restless = new Set<OperationName>([
  'create',
  'import',
  'update',
  'delete',
  'recover',
  'purge',
  'rotate',
  'backup',
  'get-deleted',
  'get-rotation-policy',
  'set-rotation-policy',
])

const base64url = (bytes: Buffer) => bytes.toString('base64url')
const ecMembers = {
  crv: 'P-256',
  // RFC 7515, appendix A.3.
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
}

type Bodies = Record<OperationName, (random: Random, kind: VaultKind) => unknown>

/** What the vault takes, as long as the key's state allows it. */
const bodies: Bodies = {
  create: (random, kind) => ({
    kty: kind === 'azure-key-vault' ? random.pick(['EC', 'EC-HSM', 'oct-HSM']) : random.pick(['EC-HSM', 'oct-HSM']),
    crv: random.pick(['P-256', 'P-384', 'P-521', 'P-256K']),
    key_size: 256,
    key_ops: random.pick([['sign'], ['encrypt', 'decrypt'], []]),
    attributes: { enabled: true, nbf: 1_700_000_000, exp: 2_000_000_000, exportable: false },
    tags: { a: 'b' },
  }),
  import: (_random, kind) => ({
    hsm: false,
    key: { kty: kind === 'azure-key-vault' ? 'EC' : 'EC-HSM', key_ops: ['sign'], ...ecMembers },
    attributes: { enabled: true },
    tags: {},
  }),
  get: () => undefined,
  update: () => ({ key_ops: ['sign', 'verify'], attributes: { enabled: true, exp: 2_000_000_000 }, tags: { c: 'd' } }),
  list: () => undefined,
  'list-versions': () => undefined,
  delete: () => undefined,
  'list-deleted': () => undefined,
  'get-deleted': () => undefined,
  recover: () => ({}),
  purge: () => undefined,
  rotate: () => ({}),
  'get-rotation-policy': () => undefined,
  'set-rotation-policy': () => ({
    lifetimeActions: [{ trigger: { timeAfterCreate: 'P90D' }, action: { type: 'Rotate' } }],
    attributes: { expiryTime: 'P1Y' },
  }),
  backup: () => ({}),
  restore: (random) => ({
    value: base64url(Buffer.concat([Buffer.from('&AzureKeyVaultKeyBackupV1.microsoft.com'), random.bytes(40)])),
  }),
  sign: (random) => ({ alg: 'ES256', value: base64url(random.bytes(32)) }),
  verify: (random) => ({ alg: 'ES256', digest: base64url(random.bytes(32)), value: base64url(random.bytes(64)) }),
  encrypt: (random) => ({ alg: 'A256CBCPAD', value: base64url(random.bytes(20)), iv: base64url(random.bytes(16)) }),
  decrypt: (random) => ({
    alg: 'A256GCM',
    value: base64url(random.bytes(20)),
    iv: base64url(random.bytes(12)),
    tag: base64url(random.bytes(16)),
    aad: base64url(random.bytes(3)),
  }),
  wrapkey: (random) => ({ alg: 'A256KW', value: base64url(random.bytes(32)) }),
  unwrapkey: (random) => ({ alg: 'RSA-OAEP-256', value: base64url(random.bytes(256)) }),
  'random-bytes': () => ({ count: 16 }),
  attestation: () => undefined,
  release: (random) => ({ target: `e30.e30.${base64url(random.bytes(9))}`, nonce: 'n', enc: 'RSA_AES_KEY_WRAP_256' }),
}

const steadyNameOf: Partial<Record<OperationName, string>> = {
  encrypt: 'fz-oct',
  decrypt: 'fz-oct',
  wrapkey: 'fz-oct',
  unwrapkey: 'fz-rsa',
}

/** A request of one of the routes that the vault has, each as likely as the others. `versions`: of the steady keys. */
export function wellFormed(random: Random, kind: VaultKind, versions: Record<string, string>, token: string): Draft {
  const { operation, method, path } = random.pick(routes)
  const name = restless.has(operation) ? random.pick(restlessNames) : (steadyNameOf[operation] ?? 'fz-ec')
  const named = path.replace(':name', name).replace(':version', versions[name] ?? '0'.repeat(32))
  return {
    operation,
    method,
    path: `/${named}`,
    query: 'api-version=2025-07-01',
    headers: [
      ['authorization', `Bearer ${token}`],
      ['content-type', 'application/json'],
    ],
    body: bodies[operation](random, kind),
  }
}
