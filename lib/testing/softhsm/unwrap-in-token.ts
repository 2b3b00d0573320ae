import type { Handle, Template } from 'pkcs11js'
import { encodeSpki, rsaPublicKey, type SpkiDer, type WrappedKey } from '@/lib/crypto'
import type { Token } from './token'
import { readAttributes } from './token-key'

/** CKZ_DATA_SPECIFIED, which the binding does not name. */
const dataSpecified = 1

export interface TokenKek {
  privateKey: Handle
  modulusBytes: number
  spki: SpkiDer
}

/** A key exchange key that was made in the token and stays there: it does nothing but unwrap. */
export function generateKek(token: Token, bits: number): TokenKek {
  const { pkcs11js, module } = token
  const { privateKey, publicKey } = module.C_GenerateKeyPair(
    token.session,
    { mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      { type: pkcs11js.CKA_TOKEN, value: false },
      { type: pkcs11js.CKA_MODULUS_BITS, value: bits },
      { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.of(1, 0, 1) },
      { type: pkcs11js.CKA_WRAP, value: true },
    ],
    [
      { type: pkcs11js.CKA_TOKEN, value: false },
      { type: pkcs11js.CKA_PRIVATE, value: true },
      { type: pkcs11js.CKA_SENSITIVE, value: true },
      { type: pkcs11js.CKA_EXTRACTABLE, value: false },
      { type: pkcs11js.CKA_UNWRAP, value: true },
      { type: pkcs11js.CKA_DECRYPT, value: false },
    ],
  )
  const [n, e] = readAttributes(token, publicKey, [pkcs11js.CKA_MODULUS, pkcs11js.CKA_PUBLIC_EXPONENT])
  if (!n || !e) throw new Error('the token shows no public numbers')
  return { privateKey, modulusBytes: bits / 8, spki: encodeSpki(rsaPublicKey(n, e)) }
}

/**
 * Opens a blob's ciphertext inside the token, as the vault's HSM does: the key appears there as an object and nowhere
 * else. In the two steps that make up CKM_RSA_AES_KEY_WRAP (PKCS#11 3.0 section 2.1.21), which SoftHSM2 has not and whose
 * parameter, a pointer within a structure, the binding could not pass: CKM_RSA_PKCS_OAEP, then CKM_AES_KEY_WRAP_PAD.
 */
export function unwrapInToken(token: Token, kek: TokenKek, ciphertext: WrappedKey, kind: 'RSA' | 'EC' | 'oct'): Handle {
  const { pkcs11js, module, session } = token
  const oaep = {
    type: pkcs11js.CK_PARAMS_RSA_OAEP,
    hashAlg: pkcs11js.CKM_SHA_1,
    mgf: pkcs11js.CKG_MGF1_SHA1,
    source: dataSpecified,
  }
  const ephemeral = module.C_UnwrapKey(
    session,
    { mechanism: pkcs11js.CKM_RSA_PKCS_OAEP, parameter: oaep },
    kek.privateKey,
    Buffer.from(ciphertext.subarray(0, kek.modulusBytes)),
    secretTemplate(token, pkcs11js.CKA_UNWRAP),
  )
  try {
    const wrapped = Buffer.from(ciphertext.subarray(kek.modulusBytes))
    const mechanism = { mechanism: pkcs11js.CKM_AES_KEY_WRAP_PAD }
    return module.C_UnwrapKey(session, mechanism, ephemeral, wrapped, templateOf(token, kind))
  } finally {
    module.C_DestroyObject(session, ephemeral)
  }
}

function templateOf(token: Token, kind: 'RSA' | 'EC' | 'oct'): Template {
  const { pkcs11js } = token
  if (kind === 'oct') return secretTemplate(token, pkcs11js.CKA_ENCRYPT)
  return [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_KEY_TYPE, value: kind === 'RSA' ? pkcs11js.CKK_RSA : pkcs11js.CKK_EC },
    { type: pkcs11js.CKA_TOKEN, value: false },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_SIGN, value: true },
  ]
}

const secretTemplate = ({ pkcs11js }: Token, use: number): Template => [
  { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_SECRET_KEY },
  { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_AES },
  { type: pkcs11js.CKA_TOKEN, value: false },
  { type: pkcs11js.CKA_PRIVATE, value: true },
  { type: pkcs11js.CKA_SENSITIVE, value: true },
  { type: use, value: true },
]
