import 'server-only'
import { encodeBase64, jwkToSpki } from '@/lib/crypto'
import type { WizardChoices, WizardKek, WizardVault } from '@/lib/domain/imports/views'
import { isNamedApprover } from '@/lib/domain/reviews/approval-policy'
import { CONNECTION_PARTS, toConnectionView } from '../connections/connection-view'
import type { Actor, Context } from '../context'
import type { Prisma } from '../db/generated/client'
import { storedJwkSchema } from '../keks/get-kek'
import { findDeciders } from '../people/list-deciders'
import { requirePermission } from '../people/require-permission'
import { importCapability } from './caller-facts'
import { findDraft, toDraftView } from './draft-row'
import { knownTier } from './known-tier'

type KekRow = Prisma.KekGetPayload<object>
type SeenVersion = Prisma.KeyVersionGetPayload<object>

/** What the wizard needs before its first question. From our own records: a vault that is down takes no page down. */
export async function loadWizardChoices(
  ctx: Context,
  actor: Actor,
  { draftId }: { draftId?: string } = {},
): Promise<WizardChoices> {
  requirePermission(actor, 'imports.create')
  const [connections, keks, draft, deciders] = await Promise.all([
    ctx.db.connection.findMany({ where: { removedAt: null }, include: CONNECTION_PARTS, orderBy: { name: 'asc' } }),
    ctx.db.kek.findMany({ where: { status: 'active' }, orderBy: { createdAt: 'desc' } }),
    draftId ? findDraft(ctx, actor, draftId) : null,
    findDeciders(ctx.db, [actor.personId], { policy: { approverIds: [] } }),
  ])
  const kids = keks.flatMap(({ kid }) => kid ?? [])
  const seen = await ctx.db.keyVersion.findMany({ where: { kid: { in: kids } } })
  const tiers = new Map(
    await Promise.all(connections.map(async (each) => [each.id, await knownTier(ctx.db, each)] as const)),
  )
  const seenOf = new Map(seen.map((version) => [version.kid, version]))
  return {
    vaults: connections.map((connection): WizardVault => {
      const { id, name, url, kind, environment, state, capabilities } = toConnectionView(connection, 0)
      const own = keks.filter(({ connectionId }) => connectionId === id)
      return {
        connectionId: id,
        name,
        url,
        kind,
        tier: tiers.get(id) ?? null,
        environment,
        state,
        clockSkewMs: connection.health?.clockSkewMs ?? null,
        importCapability: importCapability(capabilities),
        otherApprovers: deciders.filter((decider) => isNamedApprover(connection, decider.id)).length,
        approvalsRequired: connection.approvalsRequired,
        keks: own.flatMap((kek) => toWizardKek(kek, seenOf.get(kek.kid ?? '')) ?? []),
      }
    }),
    draft: draft && toDraftView(draft),
  }
}

/** As the index last saw it; a KEK made here that it has not met yet is what we asked for. */
function toWizardKek(
  { id, name, kid, bits, spkiSha256, publicJwk, expiresAt }: KekRow,
  seen: SeenVersion | undefined,
): WizardKek | null {
  if (!kid || !spkiSha256 || !publicJwk) return null
  return {
    id,
    name,
    kid,
    bits,
    spkiSha256,
    spki: encodeBase64(jwkToSpki(storedJwkSchema.parse(publicJwk))),
    keyOps: seen?.keyOps ?? ['import'],
    enabled: seen?.enabled ?? true,
    notBefore: seen?.notBefore?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}
