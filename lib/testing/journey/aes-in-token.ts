import type { Handle } from 'pkcs11js'
import type { Token } from '../softhsm/token'

interface CbcInput {
  iv: Uint8Array
  /** Whole blocks: nothing is padded. */
  value: Uint8Array
}

/** `CKM_AES_CBC` by the token, with the key that never left it. */
export function encryptInToken({ pkcs11js, module, session }: Token, key: Handle, { iv, value }: CbcInput): Buffer {
  module.C_EncryptInit(session, { mechanism: pkcs11js.CKM_AES_CBC, parameter: Buffer.from(iv) }, key)
  return module.C_Encrypt(session, Buffer.from(value), Buffer.alloc(value.length + 16))
}

export function decryptInToken({ pkcs11js, module, session }: Token, key: Handle, { iv, value }: CbcInput): Buffer {
  module.C_DecryptInit(session, { mechanism: pkcs11js.CKM_AES_CBC, parameter: Buffer.from(iv) }, key)
  return module.C_Decrypt(session, Buffer.from(value), Buffer.alloc(value.length + 16))
}
