import { type Health, ProviderError } from '../port'
import type { Read } from './create-azure-provider'

/** One page of one key: the cheapest read that says whether the vault answers this identity. Never throws. */
export async function checkHealth(read: Read): Promise<Health> {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  try {
    const { value } = await read('list', undefined, async ({ client, abortSignal, facts }) => {
      await client.listPropertiesOfKeys({ abortSignal }).byPage({ maxPageSize: 1 }).next()
      return facts.vaultDate
    })
    return { state: 'answering', latencyMs: elapsed(), clockSkewMs: clockSkew(value) }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.code === 'not-activated') return { state: 'not_activated', latencyMs: elapsed() }
    return { state: 'not_answering', code: error.code }
  }
}

/** Milliseconds the vault's clock is ahead of ours; its header has whole seconds, so less than 1.5 s is nothing. */
function clockSkew(dateHeader: string | null): number | null {
  const vault = dateHeader ? Date.parse(dateHeader) : Number.NaN
  return Number.isNaN(vault) ? null : vault - Date.now()
}
