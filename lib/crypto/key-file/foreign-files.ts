import { startsWithText } from './ascii'
import { KeyFileRefused } from './refusals'

const pkcs12FromJava = (type: string) =>
  `keytool -importkeystore -srckeystore keystore.${type} -srcstoretype ${type.toUpperCase()} -destkeystore keys.p12 -deststoretype PKCS12`

/** A passphrase's RC4 is in OpenSSL's legacy provider. */
const pemFromPvk = 'openssl rsa -provider default -provider legacy -inform PVK -in key.pvk -out key.pem'

/** Refuses the binary files that are known by their first bytes. Throws `KeyFileRefused`. */
export function refuseForeignBytes(bytes: Uint8Array): void {
  if (startsWith(bytes, 0xfe, 0xed, 0xfe, 0xed))
    throw new KeyFileRefused('java-keystore', { command: pkcs12FromJava('jks') })
  if (startsWith(bytes, 0xce, 0xce, 0xce, 0xce)) {
    throw new KeyFileRefused('java-keystore', { command: pkcs12FromJava('jceks') })
  }
  if (startsWith(bytes, 0x1e, 0xf1, 0xb5, 0xb0)) {
    throw new KeyFileRefused('microsoft-key', { command: pemFromPvk })
  }
  // PRIVATEKEYBLOB, version 2, reserved, CALG_RSA_KEYX or CALG_RSA_SIGN
  if (startsWith(bytes, 0x07, 0x02, 0x00, 0x00, 0x00) && startsWithText(bytes, 'RSA2', 8)) {
    throw new KeyFileRefused('microsoft-key', { command: 'openssl rsa -inform MSBLOB -in key.blob -out key.pem' })
  }
  if (isOpenPgp(bytes)) throw new KeyFileRefused('pgp')
}

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((octet, i) => bytes[i] === octet)

/** A first packet of a secret or a public key, of a version there is, and of the length that it says (RFC 9580 section 4.2). */
function isOpenPgp(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0
  const old = (first & 0xc0) === 0x80
  const tag = old ? (first >> 2) & 0x0f : first & 0x3f
  if (first < 0x80 || (tag !== 5 && tag !== 6)) return false
  const lengthOctets = old ? [1, 2, 4, 0][first & 0x03] : newLengthOctets(bytes[1] ?? 0)
  if (lengthOctets === undefined) return false
  const version = bytes[1 + lengthOctets] ?? 0
  return version >= 3 && version <= 6
}

const newLengthOctets = (first: number): number => (first < 192 ? 1 : first < 224 ? 2 : 5)

const publicSsh = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+@openssh\.com) AAAA/

/** Refuses the texts that are known by how they begin, blanks apart. `start`: no more than the first 100 characters. */
export function refuseForeignText(start: string): void {
  if (start.startsWith('PuTTY-User-Key-File-')) {
    throw new KeyFileRefused('putty', { command: 'puttygen key.ppk -O private-openssh-new -o key.pem' })
  }
  if (publicSsh.test(start) || start.startsWith('---- BEGIN SSH2 PUBLIC KEY ----')) {
    throw new KeyFileRefused('public-key-only', { detail: 'It is SSH’s.' })
  }
  if (/^<RSAKeyValue[\s>]/.test(start)) throw new KeyFileRefused('microsoft-key', { detail: 'It is .NET’s XML.' })
}
