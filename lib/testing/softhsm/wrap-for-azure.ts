import type { Handle } from 'pkcs11js'
import { asWrappedKey, type Bytes, concatBytes, parseSpki, type SpkiDer, serialiseTransferBlob } from '@/lib/crypto'
import type { Token } from './token'
import type { TokenKey } from './token-key'

/** CKZ_DATA_SPECIFIED, which the binding does not name. */
const dataSpecified = 1

export interface WrapForAzure {
  kekSpki: SpkiDer
  /** The KEK's full identifier with its version. */
  kekKid: string
  key: TokenKey
}

/**
 * Exports a key as Azure's transfer blob the way a source HSM does: wrapped in the token by `CKM_AES_KEY_WRAP_PAD`
 * under a fresh AES-256 key, that one under the KEK by `CKM_RSA_PKCS_OAEP` with SHA-1, and destroyed. Returns the
 * bytes of the `.byok` file. No private key is ever outside the token.
 */
export function wrapForAzure(token: Token, { kekSpki, kekKid, key }: WrapForAzure): Bytes {
  const kek = importKek(token, kekSpki)
  const ephemeral = generateWrappingKey(token)
  try {
    const secret = key.family === 'oct' ? key.secretKey : key.privateKey
    const ciphertext = asWrappedKey(
      concatBytes(wrapUnderKek(token, kek, ephemeral), wrapUnderAes(token, ephemeral, secret)),
    )
    return serialiseTransferBlob({ kid: kekKid, ciphertext, generator: 'SoftHSM2 ceremony' })
  } finally {
    token.module.C_DestroyObject(token.session, ephemeral)
    token.module.C_DestroyObject(token.session, kek)
  }
}

function importKek({ pkcs11js, module, session }: Token, spki: SpkiDer): Handle {
  const kek = parseSpki(spki)
  if (kek.kind !== 'rsa') throw new Error('a KEK is an RSA key')
  return module.C_CreateObject(session, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PUBLIC_KEY },
    { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_RSA },
    { type: pkcs11js.CKA_TOKEN, value: false },
    { type: pkcs11js.CKA_WRAP, value: true },
    { type: pkcs11js.CKA_MODULUS, value: Buffer.from(kek.n) },
    { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from(kek.e) },
  ])
}

function generateWrappingKey({ pkcs11js, module, session }: Token): Handle {
  return module.C_GenerateKey(session, { mechanism: pkcs11js.CKM_AES_KEY_GEN }, [
    { type: pkcs11js.CKA_TOKEN, value: false },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: true },
    { type: pkcs11js.CKA_WRAP, value: true },
    { type: pkcs11js.CKA_VALUE_LEN, value: 32 },
  ])
}

function wrapUnderKek({ pkcs11js, module, session }: Token, kek: Handle, ephemeral: Handle): Buffer {
  const parameter = {
    type: pkcs11js.CK_PARAMS_RSA_OAEP,
    hashAlg: pkcs11js.CKM_SHA_1,
    mgf: pkcs11js.CKG_MGF1_SHA1,
    source: dataSpecified,
  }
  return module.C_WrapKey(
    session,
    { mechanism: pkcs11js.CKM_RSA_PKCS_OAEP, parameter },
    kek,
    ephemeral,
    Buffer.alloc(1024),
  )
}

function wrapUnderAes({ pkcs11js, module, session }: Token, ephemeral: Handle, secret: Handle): Buffer {
  return module.C_WrapKey(session, { mechanism: pkcs11js.CKM_AES_KEY_WRAP_PAD }, ephemeral, secret, Buffer.alloc(8192))
}
