import { KeyFileRefused } from '../key-file/refusals'

/** Opens whatever OpenSSL can, also by its legacy provider, and writes the key alone. */
const extractCommand = 'openssl pkcs12 -legacy -in old.p12 -nocerts -aes256 -out key.pem'

/** What is not opened here, OpenSSL opens: by another line than an encrypted PKCS#8. */
export function withExtractCommand<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused)) throw cause
    const { code, detail } = cause
    if (code !== 'unsupported-protection' && code !== 'kdf-beyond-limits') throw cause
    throw new KeyFileRefused(code, { ...(detail === undefined ? {} : { detail }), command: extractCommand, cause })
  }
}
