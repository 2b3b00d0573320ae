/** Of node-forge RC2 alone, and the buffer it works on, which holds one octet a character. */
declare module 'node-forge/lib/util' {
  export interface ByteBuffer {
    getByte(): number
    putByte(octet: number): ByteBuffer
  }
  const util: { createBuffer(): ByteBuffer }
  export default util
}

declare module 'node-forge/lib/rc2' {
  import type { ByteBuffer } from 'node-forge/lib/util'

  interface Rc2Cipher {
    output: ByteBuffer
    start(iv: string): void
    update(input: ByteBuffer): void
    /** `pad` answers whether the padding is right; it may leave it where it is. */
    finish(pad: () => boolean): boolean
  }
  const rc2: { createDecryptionCipher(key: string, effectiveBits: number): Rc2Cipher }
  export default rc2
}
