import type { Bytes } from '../bytes'
import { withoutPadding } from './cipher'

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
  cipher.start(asBinaryString(iv))
  const input = util.createBuffer()
  for (const octet of ciphertext) input.putByte(octet)
  cipher.update(input)
  cipher.finish(leavePadding)
  const padded = new Uint8Array(ciphertext.length)
  for (let i = 0; i < padded.length; i++) padded[i] = cipher.output.getByte()
  return withoutPadding(padded, 8)
}

const leavePadding = () => true

const asBinaryString = (bytes: Uint8Array) => String.fromCharCode(...bytes)
