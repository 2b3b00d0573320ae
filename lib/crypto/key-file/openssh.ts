import { type Bytes, wipe } from '../bytes'
import { afterOpening } from './after-opening'
import { startsWithText } from './ascii'
import { bcryptPbkdf } from './bcrypt-pbkdf'
import { type OpenSshCipher, openSshCipher } from './openssh-cipher'
import { readOpenSshKey, refuseForeignKeyType } from './openssh-key'
import type { OpeningOptions, Piece } from './piece'
import type { KdfLimits } from './read-result'
import { KeyFileRefused } from './refusals'
import { SshReader } from './ssh-reader'

export const openSshMagic = 'openssh-key-v1\0'
const rewriteCommand = 'ssh-keygen -p -a 100 -Z aes256-ctr -f key'

interface Container {
  cipher: OpenSshCipher | undefined
  kdf: { salt: Uint8Array; rounds: number } | undefined
  publicKey: Uint8Array
  /** With the tag of an authenticating cipher behind it. */
  secret: Uint8Array
}

/**
 * OpenSSH's private key (its PROTOCOL.key), without its armour. Throws `KeyFileRefused`: `damaged`, `wrong-passphrase`,
 * `unsupported-protection`, `kdf-beyond-limits`, or what the key is instead of one that the vault takes.
 */
export async function readOpenSsh(bytes: Uint8Array, options: OpeningOptions): Promise<Piece> {
  const { cipher, kdf, publicKey, secret } = readContainer(bytes, options.limits)
  const format = 'openssh'
  if (cipher === undefined || kdf === undefined) {
    return { piece: 'key', format, ...readOpenSshKey(secret, publicKey, 'damaged') }
  }
  if (options.passphrase === undefined) {
    return { piece: 'locked', format, cipher: cipher.title, kdf: `bcrypt, ${kdf.rounds} rounds` }
  }
  options.budget.spendBcrypt(kdf.rounds)
  const plaintext = await open(cipher, kdf, secret, { ...options, passphrase: options.passphrase })
  try {
    const key = afterOpening(() => readOpenSshKey(plaintext, publicKey, 'wrong-passphrase'))
    return { piece: 'key', format, ...key }
  } finally {
    wipe(plaintext)
  }
}

function readContainer(bytes: Uint8Array, limits: KdfLimits): Container {
  if (!startsWithText(bytes, openSshMagic)) throw new KeyFileRefused('damaged')
  const reader = new SshReader(bytes.subarray(openSshMagic.length))
  const [cipherName, kdfName, kdfOptions] = [reader.name(), reader.name(), reader.string()]
  if (reader.uint32() !== 1) throw new KeyFileRefused('damaged', { detail: 'It does not hold exactly one key.' })
  const [publicKey, content, tag] = [reader.string(), reader.string(), reader.rest()]
  refuseForeignKeyType(new SshReader(publicKey).name())
  const plain = cipherName === 'none' && kdfName === 'none'
  if (tag.length !== (plain ? 0 : (openSshCipher(cipherName)?.tagLength ?? tag.length)))
    throw new KeyFileRefused('damaged')
  if (plain) return { cipher: undefined, kdf: undefined, publicKey, secret: content }
  const cipher = openSshCipher(cipherName)
  if (cipher === undefined || kdfName !== 'bcrypt') {
    throw new KeyFileRefused('unsupported-protection', { command: rewriteCommand })
  }
  const secret = bytes.subarray(content.byteOffset - bytes.byteOffset)
  return { cipher, kdf: readBcryptOptions(kdfOptions, limits), publicKey, secret }
}

function readBcryptOptions(kdfOptions: Uint8Array, { bcryptRounds }: KdfLimits): Container['kdf'] {
  const reader = new SshReader(kdfOptions)
  const [salt, rounds] = [reader.string(), reader.uint32()]
  if (salt.length === 0 || salt.length > 64 || rounds === 0) throw new KeyFileRefused('damaged')
  if (rounds > bcryptRounds) {
    const detail = `It asks for ${rounds} rounds of bcrypt; at most ${bcryptRounds} are taken on.`
    throw new KeyFileRefused('kdf-beyond-limits', { detail, command: rewriteCommand })
  }
  return { salt, rounds }
}

async function open(
  cipher: OpenSshCipher,
  { salt, rounds }: { salt: Uint8Array; rounds: number },
  secret: Uint8Array,
  { passphrase, signal }: { passphrase: Uint8Array; signal?: AbortSignal },
): Promise<Bytes> {
  // The derivation has no value for an empty passphrase, and ssh-keygen encrypts with none.
  if (passphrase.length === 0) throw new KeyFileRefused('wrong-passphrase')
  const derived = await bcryptPbkdf({ passphrase, salt, rounds, signal }, cipher.keyLength + cipher.ivLength)
  try {
    const [key, iv] = [derived.subarray(0, cipher.keyLength), derived.subarray(cipher.keyLength)]
    const plaintext = await cipher.open(key, iv, secret)
    if (plaintext === undefined) throw new KeyFileRefused('wrong-passphrase')
    return plaintext
  } finally {
    wipe(derived)
  }
}
