import type { Handle, Template } from 'pkcs11js'
import { type CurveName, curves, decodeHex, encodeSpki, rsaPublicKey, type SpkiDer } from '@/lib/crypto'
import { decodePoint } from '@/lib/crypto/curve-point'
import { derTag, expectTag, readDer } from '@/lib/crypto/der-reader'
import { writeDerObjectIdentifier } from '@/lib/crypto/der-writer'
import type { KeyShape } from '@/lib/domain/preflight/encoded-lengths'
import type { Token } from './token'

/** A key inside the token. It may leave it wrapped, and no other way. */
export type TokenKey =
  | { family: 'RSA' | 'EC'; sizeOrCurve: string; privateKey: Handle; publicKey: Handle; spki: SpkiDer }
  | { family: 'oct'; sizeOrCurve: string; secretKey: Handle; keyCheckValue: string }

/** Generates a key in the token: sensitive, and extractable only under a wrapping key. */
export function generateKey(token: Token, { family, sizeOrCurve }: KeyShape): TokenKey {
  if (family === 'oct') return generateAes(token, sizeOrCurve)
  return family === 'RSA' ? generateRsa(token, sizeOrCurve) : generateEc(token, sizeOrCurve)
}

function privateTemplate({ pkcs11js }: Token, use: 'sign' | 'sign-and-decrypt'): Template {
  return [
    { type: pkcs11js.CKA_TOKEN, value: false },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: true },
    { type: pkcs11js.CKA_SIGN, value: true },
    { type: pkcs11js.CKA_DECRYPT, value: use === 'sign-and-decrypt' },
  ]
}

function generateRsa(token: Token, bits: string): TokenKey {
  const { pkcs11js, module, session } = token
  const { privateKey, publicKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      { type: pkcs11js.CKA_TOKEN, value: false },
      { type: pkcs11js.CKA_MODULUS_BITS, value: Number(bits) },
      { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.of(1, 0, 1) },
      { type: pkcs11js.CKA_VERIFY, value: true },
      { type: pkcs11js.CKA_ENCRYPT, value: true },
    ],
    privateTemplate(token, 'sign-and-decrypt'),
  )
  const [modulus, exponent] = readAttributes(token, publicKey, [pkcs11js.CKA_MODULUS, pkcs11js.CKA_PUBLIC_EXPONENT])
  if (!modulus || !exponent) throw new Error('the token shows no public numbers')
  return { family: 'RSA', sizeOrCurve: bits, privateKey, publicKey, spki: encodeSpki(rsaPublicKey(modulus, exponent)) }
}

function generateEc(token: Token, curve: string): TokenKey {
  const { pkcs11js, module, session } = token
  const name = curveOf(curve)
  const { privateKey, publicKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11js.CKM_EC_KEY_PAIR_GEN },
    [
      { type: pkcs11js.CKA_TOKEN, value: false },
      { type: pkcs11js.CKA_EC_PARAMS, value: Buffer.from(writeDerObjectIdentifier(curves[name].oid)) },
      { type: pkcs11js.CKA_VERIFY, value: true },
    ],
    privateTemplate(token, 'sign'),
  )
  const [point] = readAttributes(token, publicKey, [pkcs11js.CKA_EC_POINT])
  if (!point) throw new Error('the token shows no public point')
  // PKCS#11: CKA_EC_POINT is the point inside a DER OCTET STRING.
  const { content } = expectTag(readDer(point), derTag.octetString)
  const spki = encodeSpki({ kind: 'ec', curve: name, ...decodePoint(name, content) })
  return { family: 'EC', sizeOrCurve: curve, privateKey, publicKey, spki }
}

function curveOf(given: string): CurveName {
  if (given === 'P-256' || given === 'P-256K' || given === 'P-384' || given === 'P-521') return given
  throw new Error('the token makes keys on P-256, P-256K, P-384 and P-521')
}

function generateAes(token: Token, bits: string): TokenKey {
  const { pkcs11js, module, session } = token
  const secretKey = module.C_GenerateKey(session, { mechanism: pkcs11js.CKM_AES_KEY_GEN }, [
    { type: pkcs11js.CKA_TOKEN, value: false },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: true },
    { type: pkcs11js.CKA_ENCRYPT, value: true },
    { type: pkcs11js.CKA_DECRYPT, value: true },
    { type: pkcs11js.CKA_VALUE_LEN, value: Number(bits) / 8 },
  ])
  return { family: 'oct', sizeOrCurve: bits, secretKey, keyCheckValue: checkValueInToken(token, secretKey) }
}

/** The zero block encrypted in ECB by the token itself, first 3 bytes. */
export function checkValueInToken({ pkcs11js, module, session }: Token, secretKey: Handle): string {
  module.C_EncryptInit(session, { mechanism: pkcs11js.CKM_AES_ECB }, secretKey)
  const block = module.C_Encrypt(session, Buffer.alloc(16), Buffer.alloc(32))
  return block.subarray(0, 3).toString('hex').toUpperCase()
}

/** Attributes' values in the order asked for. */
export function readAttributes({ module, session }: Token, object: Handle, types: number[]): Buffer[] {
  return module
    .C_GetAttributeValue(
      session,
      object,
      types.map((type) => ({ type })),
    )
    .map(({ value }) => value)
}

/** What signs in the token: a key made there, or one unwrapped into it. */
export type TokenSigner = { family: 'RSA' | 'EC'; privateKey: Handle } | { family: 'oct' }

/** A signature over a SHA-256 digest, made in the token: proves that token and vault hold the same key. */
export function signInToken({ pkcs11js, module, session }: Token, key: TokenSigner, digest: Uint8Array): Buffer {
  if (key.family === 'oct') throw new Error('a symmetric key does not sign')
  const rsa = key.family === 'RSA'
  const prefix = rsa ? decodeHex('3031300d060960864801650304020105000420') : new Uint8Array()
  const mechanism = rsa ? pkcs11js.CKM_RSA_PKCS : pkcs11js.CKM_ECDSA
  module.C_SignInit(session, { mechanism }, key.privateKey)
  return module.C_Sign(session, Buffer.concat([prefix, digest]), Buffer.alloc(1024))
}
