import 'server-only'
import { KIND_FACTS } from '@/lib/domain/connections/kind'
import { checkVaultUrl, isLoopbackUrl, type VaultUrlProblem } from '@/lib/domain/connections/vault-url'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { inAct } from '../reviews/in-act'
import { probeConnection } from './probe-connection'

/** Connects a vault: an address from the allow-list, a credential by the names of its settings. */
export async function addConnection(
  ctx: Context,
  actor: Actor,
  input: AddConnectionInput,
): Promise<Result<{ connectionId: string }, ServiceError>> {
  const permitted = permit(actor, 'connections.manage')
  if (!permitted.ok) return permitted
  const url = checkAddress(input)
  if (!url.ok) return url
  const added = await insert(ctx, actor, { ...input, url: url.value })
  if (!added.ok) return added
  await probeConnection(ctx, added.value)
  return ok({ connectionId: added.value.id })
}

function checkAddress({ url, kind, credential, environment }: AddConnectionInput): Result<string, ServiceError> {
  const checked = checkVaultUrl(url, kind)
  if (!checked.ok) return invalid('url', urlWords(checked.error, KIND_FACTS[kind].urlSuffixes))
  const loopback = isLoopbackUrl(checked.value)
  if ((credential.type === 'local-client') !== loopback) {
    return invalid('credential', 'The local vault client is for vaults on this machine, and only for them.')
  }
  if ((environment === 'local') !== loopback) {
    return invalid('environment', 'A vault on this machine is local; any other is test or production.')
  }
  return checked
}

function insert(ctx: Context, actor: Actor, input: AddConnectionInput): Promise<Result<ConnectionRow, ServiceError>> {
  return inAct(ctx, async (tx) => {
    const sameName = await tx.connection.findUnique({ where: { name: input.name }, select: { id: true } })
    const sameUrl = await tx.connection.findUnique({ where: { url: input.url }, select: { removedAt: true } })
    if (sameName)
      return invalid('name', 'A connection of this name exists, or existed: records name it. Choose another.')
    if (sameUrl && !sameUrl.removedAt) return invalid('url', 'This vault is connected already.')
    if (sameUrl)
      return invalid('url', 'This vault was connected before; connecting it again comes with a later version.')
    const at = ctx.clock()
    const { name, kind, url, environment, credential } = input
    const connection = await tx.connection.create({
      data: { name, kind, url, environment, credential, createdAt: at, createdById: actor.personId },
    })
    await appendEvent(tx, {
      type: 'connection.added',
      phase: 'noted',
      at,
      actor,
      connection,
      details: { kind, url, environment, credential: credential.type },
    })
    return ok(connection)
  })
}

function invalid(field: string, message: string): Result<never, ServiceError> {
  return err({ code: 'invalid-input', fields: { [field]: message } })
}

function urlWords(problem: VaultUrlProblem, suffixes: readonly string[]): string {
  const words: Record<VaultUrlProblem, string> = {
    'not-a-url': 'This is no address. Give the vault’s URI, e.g. https://contoso.vault.azure.net.',
    'not-https': 'The address must begin with https://.',
    'suffix-not-allowed': `Only addresses that end in ${suffixes.join(', ')} are allowed for this kind.`,
    'has-path': 'Give the address without a path.',
    'has-credentials': 'Give the address without a user name or password.',
  }
  return words[problem]
}
