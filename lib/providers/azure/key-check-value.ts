import type { Answer } from '../port'
import type { Write } from './create-azure-provider'

const ALGORITHM = { 128: 'A128CBC', 192: 'A192CBC', 256: 'A256CBC' } as const
const BLOCK = 16
const SHOWN_BYTES = 3

/**
 * POST /keys/{name}/{version}/encrypt of one zero block under AES-CBC with a zero IV: the same as ECB of that block, whose
 * first three bytes are the key check value. Needs the version enabled, with the operation `encrypt`.
 */
export function keyCheckValue(
  write: Write,
  name: string,
  version: string,
  bits: 128 | 192 | 256,
): Promise<Answer<string>> {
  return write('encrypt', async ({ client, abortSignal }) => {
    const cryptography = client.getCryptographyClient(name, { keyVersion: version })
    const { result } = await cryptography.encrypt(
      { algorithm: ALGORITHM[bits], plaintext: new Uint8Array(BLOCK), iv: new Uint8Array(BLOCK) },
      { abortSignal },
    )
    return Buffer.from(result.subarray(0, SHOWN_BYTES)).toString('hex')
  })
}
