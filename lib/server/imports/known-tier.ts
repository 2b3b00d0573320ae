import 'server-only'
import type { VaultTier } from '@/lib/domain/imports/protection'
import type { ConnectionRow, Context } from '../context'

/**
 * A Key Vault's tier as far as its keys tell it: one in hardware shows Premium. A vault does not say it itself, and that
 * none was seen proves nothing.
 */
export async function knownTier(
  db: Context['db'],
  { id, kind }: Pick<ConnectionRow, 'id' | 'kind'>,
): Promise<VaultTier | null> {
  if (kind !== 'azure_key_vault') return null
  const inHardware = await db.keyRecord.findFirst({
    where: { connectionId: id, kty: { endsWith: '-HSM' } },
    select: { id: true },
  })
  return inHardware ? 'premium' : null
}
