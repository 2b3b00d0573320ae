import type { KeyClient } from '@azure/keyvault-keys'
import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import { type Answer, type DeletedKeyListing, type KeyListing, ProviderError, type VaultKey } from '../port'
import type { Read } from './create-azure-provider'
import { toDeletedListing, toListing, toVaultKey } from './wire'

/** The service's own maximum, and its default. */
const PAGE = 25

/** GET /keys: each page has its own timeout, so a vault of any size can be read. */
export async function* listKeys(read: Read, signal?: AbortSignal): AsyncIterable<KeyListing> {
  const pages = readPages(read, 'list', signal, (client, abortSignal) =>
    client.listPropertiesOfKeys({ abortSignal }).byPage({ maxPageSize: PAGE }),
  )
  for await (const page of pages) yield* page.map(toListing)
}

/** GET /deletedkeys, likewise. */
export async function* listDeletedKeys(read: Read, signal?: AbortSignal): AsyncIterable<DeletedKeyListing> {
  const pages = readPages(read, 'list-deleted', signal, (client, abortSignal) =>
    client.listDeletedKeys({ abortSignal }).byPage({ maxPageSize: PAGE }),
  )
  for await (const page of pages) yield* page.map(toDeletedListing)
}

/**
 * A page may be empty and still have a successor: the SDK follows `nextLink`, and only its absence ends the list.
 * The listing keeps the abort signal it was opened with, so each page's own timeout is passed on to that one.
 */
async function* readPages<T>(
  read: Read,
  operation: VaultOperation,
  signal: AbortSignal | undefined,
  open: (client: KeyClient, abortSignal: AbortSignal) => AsyncIterableIterator<T[]>,
): AsyncIterable<T[]> {
  const listing = new AbortController()
  let pages: AsyncIterableIterator<T[]> | undefined
  for (;;) {
    const { value } = await read(operation, signal, async ({ client, abortSignal }) => {
      const pass = () => listing.abort(abortSignal.reason)
      abortSignal.addEventListener('abort', pass, { once: true })
      pages ??= open(client, listing.signal)
      try {
        return await pages.next()
      } finally {
        abortSignal.removeEventListener('abort', pass)
      }
    })
    if (value.done) return
    yield value.value
  }
}

/** GET /keys/{name}/versions, all of them. */
export function listVersions(read: Read, name: string, signal?: AbortSignal): Promise<Answer<KeyListing[]>> {
  return read('list', signal, async ({ client, abortSignal }) => {
    const versions: KeyListing[] = []
    for await (const properties of client.listPropertiesOfKeyVersions(name, { abortSignal }))
      versions.push(toListing(properties))
    return versions
  })
}

/** GET /keys/{name}/{version}; without a version the latest. */
export function getKey(read: Read, name: string, version?: string, signal?: AbortSignal): Promise<Answer<VaultKey>> {
  return read('get', signal, async ({ client, abortSignal }) =>
    toVaultKey(await client.getKey(name, { abortSignal, ...(version ? { version } : {}) })),
  )
}

/** GET /deletedkeys/{name}; null when the name is not among the deleted. */
export async function getDeletedKey(
  read: Read,
  name: string,
  signal?: AbortSignal,
): Promise<Answer<DeletedKeyListing | null>> {
  try {
    return await read('list-deleted', signal, async ({ client, abortSignal }) =>
      toDeletedListing(await client.getDeletedKey(name, { abortSignal })),
    )
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') {
      return { value: null, requestId: error.facts.requestId ?? null }
    }
    throw error
  }
}
