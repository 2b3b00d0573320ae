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
    /** Decrypts every whole block; no padding is looked at. */
    update(input: ByteBuffer): void
  }
  const rc2: { createDecryptionCipher(key: string, effectiveBits: number): Rc2Cipher }
  export default rc2
}
