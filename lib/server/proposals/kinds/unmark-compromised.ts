import 'server-only'
import { isSameState } from '@/lib/domain/proposals/frozen-proposal'
import { isBarredSince, OWN_IMPORT_UNMARKED } from '@/lib/domain/proposals/may-decide-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../../audit/append-event'
import type { ServiceError } from '../../context'
import { accountsOf } from '../../people/other-accounts'
import { importersOf } from '../importers-of'
import type { ConfirmingAct, ProposalRules } from '../rules'

type Confirming = ConfirmingAct<'unmark_compromised'>

/**
 * Takes a mark back. Who marked may propose it, and may confirm what another proposed; the importer of that very version
 * may propose it, but never confirms, by none of their accounts. The version stays as enabled or disabled as it is: enabling has its own review.
 */
export const unmarkCompromised: ProposalRules<'unmark_compromised'> = {
  check: async (tx, { subject, before }) => {
    const version = await tx.keyVersion.findUnique({ where: { id: subject.id } })
    if (!version) return err({ code: 'not-found' })
    const { compromisedAt, compromisedById } = version
    if (!compromisedAt) return err({ code: 'already-so', message: 'The mark has been taken back already.' })
    const present = { compromisedAt: compromisedAt.toISOString(), compromisedById }
    return isSameState(before, present) ? ok(undefined) : err({ code: 'proposal-changed' })
  },
  apply: async (act) => {
    const admitted = await admitConfirmer(act)
    if (!admitted.ok) return admitted
    await write(act)
    return ok(undefined)
  },
  facts: ({ subject }) => ({
    subject: subject.keyName,
    connection: { id: subject.connectionId, name: subject.vaultName },
    keyName: subject.keyName,
    keyVersion: subject.keyVersion,
  }),
}

async function admitConfirmer({ tx, confirmer, frozen }: Confirming): Promise<Result<void, ServiceError>> {
  const { id: subjectId } = frozen.subject
  const importers = await importersOf(tx, [{ kind: frozen.kind, subjectId }])
  const own = await accountsOf(tx, confirmer.personId)
  if (importers(subjectId).some((id) => own.includes(id)))
    return err({ code: 'own-import', message: OWN_IMPORT_UNMARKED })
  const proposal = await tx.proposal.findUniqueOrThrow({ where: { id: frozen.proposalId } })
  const person = await tx.person.findUniqueOrThrow({ where: { id: confirmer.personId } })
  return isBarredSince(person, proposal) ? err({ code: 'changed-since-submission' }) : ok(undefined)
}

async function write({ tx, confirmer, frozen, at, reason }: Confirming): Promise<void> {
  const { subject, proposalId } = frozen
  const marked = await tx.keyVersion.findUniqueOrThrow({
    where: { id: subject.id },
    include: { keyRecord: { select: { latestVersion: true } } },
  })
  await tx.keyVersion.update({
    where: { id: subject.id },
    data: { compromisedAt: null, compromisedById: null, compromisedReason: null },
  })
  if (marked.keyRecord.latestVersion === subject.keyVersion) {
    await tx.keyRecord.update({ where: { id: marked.keyRecordId }, data: { compromised: false } })
  }
  await appendEvent(tx, {
    type: 'compromised.unmarked',
    phase: 'noted',
    at,
    actor: confirmer,
    connection: { id: subject.connectionId, name: subject.vaultName },
    keyName: subject.keyName,
    keyVersion: subject.keyVersion,
    details: {
      reason,
      proposalId,
      markedAt: marked.compromisedAt?.toISOString() ?? null,
      markedById: marked.compromisedById,
      markedBecause: marked.compromisedReason,
    },
  })
}
