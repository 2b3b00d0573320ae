import type { ReleaseKeyInput } from '../inputs'
import type { Answer } from '../port'
import type { Write } from './create-azure-provider'

/**
 * POST /keys/{name}/{version}/release. The service logs the header's id as the call's correlation id, or its own: which, is
 * not documented.
 */
export function releaseKey(write: Write, input: ReleaseKeyInput): Promise<Answer<string>> {
  const { name, version, target, algorithm, nonce, callId } = input
  return write('release', async ({ client, abortSignal }) => {
    const { value } = await client.releaseKey(name, target, {
      version,
      algorithm,
      ...(nonce === null ? {} : { nonce }),
      abortSignal,
      requestOptions: { headers: { 'x-ms-client-request-id': callId } },
    })
    return value
  })
}
