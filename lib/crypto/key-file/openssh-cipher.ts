import { type Bytes, copyBytes, equalBytes, wipe } from '../bytes'

export interface OpenSshCipher {
  /** For people. */
  title: string
  keyLength: number
  ivLength: number
  tagLength: number
  /** `undefined`: the key or the content is wrong. `content` ends with the tag, where there is one. */
  open(key: Uint8Array, iv: Uint8Array, content: Uint8Array): Promise<Bytes | undefined>
}

/** A cipher by OpenSSH's name; noble does them all, since WebCrypto has no unpadded CBC and no AES-192 everywhere. */
export const openSshCipher = (name: string): OpenSshCipher | undefined =>
  Object.hasOwn(ciphers, name) ? ciphers[name] : undefined

const ctr = (bits: number): OpenSshCipher => ({
  title: `AES-${bits}-CTR`,
  keyLength: bits / 8,
  ivLength: 16,
  tagLength: 0,
  open: (key, iv, content) => opened(async () => (await aes()).ctr(key, iv).decrypt(content)),
})

const cbc = (bits: number): OpenSshCipher => ({
  title: `AES-${bits}-CBC`,
  keyLength: bits / 8,
  ivLength: 16,
  tagLength: 0,
  open: (key, iv, content) => opened(async () => (await aes()).cbc(key, iv, { disablePadding: true }).decrypt(content)),
})

const gcm = (bits: number): OpenSshCipher => ({
  title: `AES-${bits}-GCM`,
  keyLength: bits / 8,
  ivLength: 12,
  tagLength: 16,
  open: (key, iv, content) => opened(async () => (await aes()).gcm(key, iv).decrypt(content)),
})

const ciphers: Record<string, OpenSshCipher> = {
  'aes128-ctr': ctr(128),
  'aes192-ctr': ctr(192),
  'aes256-ctr': ctr(256),
  'aes128-cbc': cbc(128),
  'aes192-cbc': cbc(192),
  'aes256-cbc': cbc(256),
  'aes128-gcm@openssh.com': gcm(128),
  'aes256-gcm@openssh.com': gcm(256),
  'chacha20-poly1305@openssh.com': {
    title: 'ChaCha20-Poly1305',
    keyLength: 64,
    ivLength: 0,
    tagLength: 16,
    open: (key, _iv, content) => openChaCha(key, content),
  },
}

const aes = () => import('@noble/ciphers/aes.js')

/** Whatever a cipher refuses, length or tag, is a wrong key. */
async function opened(decrypt: () => Promise<Uint8Array>): Promise<Bytes | undefined> {
  try {
    const plaintext = await decrypt()
    const copy = copyBytes(plaintext)
    wipe(plaintext)
    return copy
  } catch {
    return undefined
  }
}

/** OpenSSH's PROTOCOL.chacha20poly1305 for sequence number 0 and no header: of the two keys the first alone is used. */
async function openChaCha(keys: Uint8Array, content: Uint8Array): Promise<Bytes | undefined> {
  const [{ chacha20orig }, { poly1305 }] = await Promise.all([
    import('@noble/ciphers/chacha.js'),
    import('@noble/ciphers/_poly1305.js'),
  ])
  const [key, nonce] = [keys.subarray(0, 32), new Uint8Array(8)]
  const [ciphertext, tag] = [content.subarray(0, -16), content.subarray(-16)]
  const oneTimeKey = chacha20orig(key, nonce, new Uint8Array(32))
  const genuine = equalBytes(poly1305(ciphertext, oneTimeKey), tag)
  wipe(oneTimeKey)
  return genuine ? opened(async () => chacha20orig(key, nonce, ciphertext, undefined, 1)) : undefined
}
