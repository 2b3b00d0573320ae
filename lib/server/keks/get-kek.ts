import 'server-only'
import { z } from 'zod'
import { encodeBase64Url, jwkToSpki, writePem } from '@/lib/crypto'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { KIND_FACTS } from '@/lib/domain/connections/kind'
import { isLoopbackUrl } from '@/lib/domain/connections/vault-url'
import type { KekDetail, KekImportRow, KekRow } from '@/lib/domain/keks/views'
import type { Actor, ConnectionRow, Context } from '../context'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { type KekWithConnection, toKekRows } from './kek-row'

/** What is stored of a KEK's public key. */
export const storedJwkSchema = z.object({ kty: z.string(), n: z.string(), e: z.string() })

export async function getKek(ctx: Context, actor: Actor, id: string): Promise<KekDetail | null> {
  requirePermission(actor, 'keks.read')
  if (!z.uuid().safeParse(id).success) return null
  const kek = await ctx.db.kek.findUnique({ where: { id }, include: { connection: true } })
  if (!kek || kek.connection.removedAt) return null
  const [[row], imports] = await Promise.all([toKekRows(ctx, [kek]), listImportsUnder(ctx, kek)])
  if (!row) return null
  const spki = kek.publicJwk ? jwkToSpki(storedJwkSchema.parse(kek.publicJwk)) : null
  return {
    ...row,
    vaultUrl: kek.connection.url,
    version: kek.version,
    publicKeyPem: spki && writePem('PUBLIC KEY', spki),
    spkiBase64Url: spki && encodeBase64Url(spki),
    azVaultArgument: azVaultArgument(kek.connection),
    imports,
    retireBlockedBecause: retireBlockedBecause(row),
  }
}

/** Every blob that ever named this KEK, also those that never reached the vault. */
async function listImportsUnder(ctx: Context, kek: KekWithConnection): Promise<KekImportRow[]> {
  if (!kek.kid) return []
  const imports = await ctx.db.import.findMany({ where: { kekKid: kek.kid }, orderBy: { submittedAt: 'desc' } })
  const nameOf = await namePeople(
    ctx.db,
    imports.map(({ importerId }) => importerId),
  )
  return imports.map((row) => ({
    id: row.id,
    reference: row.reference,
    keyName: row.keyName,
    fileSha256: row.fileSha256 ?? '', // never: the database gives each import under a KEK its file’s digest
    status: row.status,
    submittedAt: row.submittedAt.toISOString(),
    importerName: nameOf(row.importerId),
  }))
}

/** The az command line names a vault by the first label of its host. */
function azVaultArgument({ kind, url }: ConnectionRow): string | null {
  if (isLoopbackUrl(url)) return null
  return `${KIND_FACTS[kind].azFlag} ${new URL(url).hostname.split('.')[0]}`
}

function retireBlockedBecause({ state, openImports }: KekRow): string | null {
  if (state === 'creating') return 'It is still being created.'
  if (state === 'failed') return 'It was never created.'
  if (state === 'deleted') return 'It is deleted already.'
  if (state === 'disabled') return 'It is disabled already.'
  return openImports > 0 ? PROBLEM_WORDS['imports-undecided'] : null
}
