import type { Bytes } from '../bytes'
import type { KeyDerivation } from './key-derivation'
import type { PasswordForms } from './password-forms'
import { derivePbkdf2 } from './pbkdf2'
import { derivePkcs12, type Pkcs12Purpose, pkcs12Purpose } from './pkcs12-kdf'
import { deriveScrypt } from './scrypt'

/** `length` bytes of a passphrase. `purpose` matters to PKCS#12's derivation alone. */
export function deriveFromPassword(
  password: PasswordForms,
  kdf: KeyDerivation,
  length: number,
  { purpose = pkcs12Purpose.key, signal }: { purpose?: Pkcs12Purpose; signal?: AbortSignal } = {},
): Promise<Bytes> {
  switch (kdf.kind) {
    case 'PBKDF2':
      return derivePbkdf2(password.utf8, kdf, length, signal)
    case 'scrypt':
      return deriveScrypt(password.utf8, kdf, length, signal)
    case 'PKCS#12':
      return derivePkcs12(password.bmp, kdf, purpose, length, signal)
  }
}
