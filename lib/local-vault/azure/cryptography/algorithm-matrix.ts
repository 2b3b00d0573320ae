import type { PublicPart } from '../../store/records'
import { badParameter, type Fault } from '../fault'
import type { AlgorithmName, CipherName, SignatureName } from './algorithms'

/** What tells keys apart for algorithms: RSA by nothing, EC by the curve, oct by the length. Software and HSM do not differ. */
export type MatrixKey = 'RSA' | 'P-256' | 'P-256K' | 'P-384' | 'P-521' | 'oct-128' | 'oct-192' | 'oct-256'

export type CryptographicOperation = 'sign' | 'verify' | 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'

/** Algorithms that came after 7.4; an older api-version does not know their names. */
export type AlgorithmFeature = 'ckmAesKeyWrap' | 'hmac'

type Row = {
  keys: readonly MatrixKey[]
  operations: readonly CryptographicOperation[]
  needs?: AlgorithmFeature
}

const anyAes = ['oct-128', 'oct-192', 'oct-256'] as const
const signing = ['sign', 'verify'] as const
const encrypting = ['encrypt', 'decrypt'] as const
const wrapping = ['wrapKey', 'unwrapKey'] as const
const enciphering = [...encrypting, ...wrapping] as const

/**
 * Which key does which operation with which algorithm. All that is not in here is refused.
 * Sources: "Key types, algorithms, and operations", for vaults and for Managed HSM, and the TypeSpec's JsonWebKeyEncryptionAlgorithm
 * and JsonWebKeySignatureAlgorithm.
 */
export const algorithmMatrix: Record<AlgorithmName, Row> = {
  RS256: { keys: ['RSA'], operations: signing },
  RS384: { keys: ['RSA'], operations: signing },
  RS512: { keys: ['RSA'], operations: signing },
  RSNULL: { keys: ['RSA'], operations: signing },
  PS256: { keys: ['RSA'], operations: signing },
  PS384: { keys: ['RSA'], operations: signing },
  PS512: { keys: ['RSA'], operations: signing },
  ES256: { keys: ['P-256'], operations: signing },
  ES256K: { keys: ['P-256K'], operations: signing },
  ES384: { keys: ['P-384'], operations: signing },
  ES512: { keys: ['P-521'], operations: signing },
  HS256: { keys: anyAes, operations: signing, needs: 'hmac' },
  HS384: { keys: anyAes, operations: signing, needs: 'hmac' },
  HS512: { keys: anyAes, operations: signing, needs: 'hmac' },
  RSA1_5: { keys: ['RSA'], operations: enciphering },
  'RSA-OAEP': { keys: ['RSA'], operations: enciphering },
  'RSA-OAEP-256': { keys: ['RSA'], operations: enciphering },
  A128GCM: { keys: ['oct-128'], operations: encrypting },
  A192GCM: { keys: ['oct-192'], operations: encrypting },
  A256GCM: { keys: ['oct-256'], operations: encrypting },
  A128CBC: { keys: ['oct-128'], operations: encrypting },
  A192CBC: { keys: ['oct-192'], operations: encrypting },
  A256CBC: { keys: ['oct-256'], operations: encrypting },
  A128CBCPAD: { keys: ['oct-128'], operations: encrypting },
  A192CBCPAD: { keys: ['oct-192'], operations: encrypting },
  A256CBCPAD: { keys: ['oct-256'], operations: encrypting },
  A128KW: { keys: ['oct-128'], operations: wrapping },
  A192KW: { keys: ['oct-192'], operations: wrapping },
  A256KW: { keys: ['oct-256'], operations: wrapping },
  CKM_AES_KEY_WRAP: { keys: anyAes, operations: wrapping, needs: 'ckmAesKeyWrap' },
  CKM_AES_KEY_WRAP_PAD: { keys: anyAes, operations: wrapping, needs: 'ckmAesKeyWrap' },
}

export function matrixKeyOf(part: PublicPart): MatrixKey {
  switch (part.family) {
    case 'RSA':
      return 'RSA'
    case 'EC':
      return part.curve
    case 'oct':
      return octKey(part.bits)
  }
}

function octKey(bits: number): MatrixKey {
  const key = anyAes.find((name) => name === `oct-${bits}`)
  if (!key) throw new Error('The store holds a symmetric key of a length that the vault does not take.')
  return key
}

type Question = {
  alg: string
  operation: CryptographicOperation
  key: PublicPart
  /** What the call's api-version has. */
  features: Record<AlgorithmFeature, boolean>
}

type NameFor<Operation> = Operation extends 'sign' | 'verify' ? SignatureName : CipherName

/** The algorithm of that name, if the key does the operation with it; else a 400 Fault that says which of the two is wrong. */
export function requireAlgorithm<Operation extends CryptographicOperation>(
  question: Question & { operation: Operation },
): NameFor<Operation> {
  const { alg, operation, key, features } = question
  const row = isAlgorithm(alg) ? algorithmMatrix[alg] : undefined
  if (!row?.operations.includes(operation) || (row.needs && !features[row.needs]))
    throw badParameter('The property "alg" has an invalid value.')
  if (!row.keys.includes(matrixKeyOf(key))) throw incompatible(alg, operation)
  // The rows with sign and verify are exactly those of signature algorithms; `algorithm-matrix.test.ts` holds it.
  return alg as NameFor<Operation>
}

function isAlgorithm(alg: string): alg is AlgorithmName {
  return Object.hasOwn(algorithmMatrix, alg)
}

function incompatible(alg: string, operation: CryptographicOperation): Fault {
  const kind = operation === 'sign' || operation === 'verify' ? 'signing' : 'encryption'
  return badParameter(`Key and ${kind} algorithm are incompatible: ${alg} can't be used with this key.`)
}
