import type { Answer, DeletedKeyListing } from '../port'
import type { Write } from './create-azure-provider'
import { toDeletedListing } from './wire'

/**
 * DELETE /keys/{name}: all of its versions, soft-deleted. Sent once; that it has ended is for the caller to ask
 * (`getDeletedKey`), since the service deletes behind the answer.
 */
export function deleteKey(write: Write, name: string): Promise<Answer<DeletedKeyListing>> {
  return write('delete', async ({ client, abortSignal }) => {
    const poller = await client.beginDeleteKey(name, { abortSignal })
    const { result } = poller.getOperationState()
    poller.stopPolling()
    return result ? toDeletedListing(result) : { name, deletedAt: null, scheduledPurgeAt: null, recoveryLevel: null }
  })
}
