import type { Bytes } from '../bytes'
import { withoutPadding } from './cipher'

/** node-forge keeps what it was given in strings, copied with every block: a megabyte at once would take minutes. */
const sliceLength = 1024

/** RC2-CBC with padding, by node-forge, loaded when met. `undefined`: bad padding. */
export async function decryptRc2Cbc(
  key: Bytes,
  effectiveBits: number,
  iv: Bytes,
  ciphertext: Bytes,
): Promise<Bytes | undefined> {
  const { default: rc2 } = await import('node-forge/lib/rc2')
  const { default: util } = await import('node-forge/lib/util')
  const cipher = rc2.createDecryptionCipher(asBinaryString(key), effectiveBits)
  const padded = new Uint8Array(ciphertext.length)
  for (let start = 0; start < ciphertext.length; start += sliceLength) {
    // In CBC each block is the next one's start.
    cipher.start(asBinaryString(start === 0 ? iv : ciphertext.subarray(start - 8, start)))
    const slice = ciphertext.subarray(start, start + sliceLength)
    const input = util.createBuffer()
    for (const octet of slice) input.putByte(octet)
    cipher.update(input)
    for (let i = 0; i < slice.length; i++) padded[start + i] = cipher.output.getByte()
  }
  return withoutPadding(padded, 8)
}

const asBinaryString = (bytes: Uint8Array) => String.fromCharCode(...bytes)
