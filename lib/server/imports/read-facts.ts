import 'server-only'
import type { TargetFacts } from '@/lib/domain/imports/views'
import { parseKeyId } from '@/lib/domain/keys/key-id'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { spkiSha256Of } from '../inventory/public-facts'
import { readNameState } from '../operations/read-name-state'

/** What only the vault can tell about a KEK and a name, asked now and at once. Never throws for a vault that can't tell. */
export async function readFacts(
  ctx: Context,
  connection: ConnectionRow,
  { kekKid, name }: { kekKid: string | null; name: string },
): Promise<TargetFacts> {
  const [kek, nameState] = await Promise.all([
    kekKid === null ? ({ state: 'not_asked' } as const) : readKek(ctx, connection, kekKid),
    readNameState(ctx.provider(connection), name),
  ])
  return { kek, nameState }
}

async function readKek(ctx: Context, connection: ConnectionRow, kid: string): Promise<TargetFacts['kek']> {
  const id = parseKeyId(kid)
  if (!id?.version || id.vaultUrl !== connection.url) return { state: 'missing' }
  try {
    const { value } = await ctx.provider(connection).getKey(id.name, id.version)
    return toKekFacts(value)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return error.code === 'key-not-found' ? { state: 'missing' } : { state: 'not_known', because: error.code }
  }
}

function toKekFacts(key: VaultKey): TargetFacts['kek'] {
  const { enabled, notBefore, expiresAt } = key.attributes
  return {
    state: 'read',
    kty: key.kty,
    keyOps: key.keyOps,
    enabled,
    notBefore: notBefore?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    bits: key.kty.startsWith('RSA') ? Number(key.sizeOrCurve) : 0,
    spkiSha256: key.publicJwk ? spkiSha256Of(key.publicJwk) : '',
  }
}
