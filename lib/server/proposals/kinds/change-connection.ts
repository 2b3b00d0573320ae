import 'server-only'
import { credentialSchema } from '@/lib/domain/connections/credential'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import { checkAddress, invalid } from '../../connections/check-address'
import { hasOpenOperations, hasOpenWork } from '../../connections/open-work'
import { probeConnection } from '../../connections/probe-connection'
import type { ConnectionRow, ServiceError } from '../../context'
import type { Transaction } from '../../db/transaction'
import { findConnection } from '../../operations/connection-of'
import type { ConfirmingAct, ProposalRules } from '../rules'

type Frozen = FrozenProposal<'change_connection'>

/** Another name, address, mark or credential for a vault. The next request of every console uses it. */
export const changeConnection: ProposalRules<'change_connection'> = {
  check: async (tx, frozen) => {
    const connection = await findConnection(tx, frozen.subject.id)
    if (!connection) return err({ code: 'not-found' })
    if (!isSameState(frozen.before, settingsOf(connection))) return err({ code: 'proposal-changed' })
    if (isSameState(frozen.before, frozen.after)) return err({ code: 'already-so', message: 'It is so already.' })
    const address = checkAddress({ ...frozen.after, kind: connection.kind })
    if (!address.ok) return address
    if (address.value !== frozen.after.url) return invalid('url', `Give the address as ${address.value}.`)
    const taken = await checkFree(tx, frozen)
    return taken.ok ? checkQuiet(tx, frozen) : taken
  },
  apply: async (act) => {
    await write(act)
    return ok(undefined)
  },
  facts: ({ subject }) => ({ subject: subject.name, connection: subject }),
  afterwards: async (ctx, { subject }) => {
    const connection = await findConnection(ctx.db, subject.id)
    if (connection) await probeConnection(ctx, connection)
  },
}

/** What of a connection a proposal is about. */
export function settingsOf({ name, url, environment, credential }: ConnectionRow): Frozen['before'] {
  return { name, url, environment, credential: credentialSchema.parse(credential) }
}

async function checkFree(tx: Transaction, { subject, after }: Frozen): Promise<Result<void, ServiceError>> {
  const others = { id: { not: subject.id } }
  const sameName = await tx.connection.findFirst({ where: { ...others, name: after.name }, select: { id: true } })
  if (sameName) return invalid('name', 'A connection of this name exists, or existed: records name it. Choose another.')
  const sameUrl = await tx.connection.findFirst({ where: { ...others, url: after.url }, select: { removedAt: true } })
  if (!sameUrl) return ok(undefined)
  return sameUrl.removedAt
    ? invalid('url', 'This vault was connected before, under its own record. Add it again by “Connect a vault”.')
    : invalid('url', 'This vault is connected already.')
}

/** No act may find another vault at its end than at its beginning; a review names the address that it was made for. */
async function checkQuiet(tx: Transaction, { subject, before, after }: Frozen): Promise<Result<void, ServiceError>> {
  if (await hasOpenOperations(tx, subject.id)) {
    const message = 'Acts on this vault are still open. Wait until each has an outcome.'
    return err({ code: 'key-busy', message })
  }
  if (before.url !== after.url && (await hasOpenWork(tx, subject.id))) {
    const message = 'Reviews of this vault are still open, and they name its address. Decide them first.'
    return err({ code: 'imports-undecided', message })
  }
  return ok(undefined)
}

async function write({ tx, confirmer, frozen, at }: ConfirmingAct<'change_connection'>): Promise<void> {
  const { before, after } = frozen
  const { name, url, environment, credential } = after
  await tx.connection.update({ where: { id: frozen.subject.id }, data: { name, url, environment, credential } })
  // What was learnt of the old address, or of the old identity, is not known of the new one.
  if (before.url !== url || !isSameState(before.credential, credential)) {
    await tx.connectionOperation.deleteMany({ where: { connectionId: frozen.subject.id } })
    await tx.connectionHealth.deleteMany({ where: { connectionId: frozen.subject.id } })
  }
  const changed = (['name', 'url', 'environment', 'credential'] as const).filter(
    (each) => !isSameState(before[each], after[each]),
  )
  await appendEvent(tx, {
    type: 'connection.changed',
    phase: 'noted',
    at,
    actor: confirmer,
    connection: { id: frozen.subject.id, name },
    details: {
      changed,
      nameBefore: before.name,
      urlBefore: before.url,
      url,
      environmentBefore: before.environment,
      environment,
      credentialBefore: before.credential.type,
      credential: credential.type,
      proposalId: frozen.proposalId,
    },
  })
}
