import { randomUUID } from 'node:crypto'
import { DUTIES } from '@/lib/domain/people/duties'
import type { Cast } from './acting'
import type { Ground } from './ground'
import { type Family, findGates, type Gate } from './keys'
import { codeOf, type OfficerClient, signInAs } from './officer'

/** Two officers who may import and decide, signed in, and the KEKs they seal for. */
export async function takePart(ground: Ground): Promise<{ ground: Ground; cast: Cast; gates: Record<Family, Gate> }> {
  const officers = ground.officers.filter(({ roles }) => roles.includes('custodian') && roles.includes('approver'))
  const [first, second] = officers
  if (!first || !second) throw new Error('an installation without two officers')
  const importer = await signInAs(ground, first)
  await acknowledgeDuties(importer)
  return { ground, cast: { importer, approver: await signInAs(ground, second) }, gates: await findGates(ground) }
}

/** A custodian's first import asks for it. */
async function acknowledgeDuties(officer: OfficerClient): Promise<void> {
  const input = { version: DUTIES.version }
  const told = await officer.act('acknowledgeDutiesAction', { idempotencyKey: randomUUID(), input })
  if (!told?.ok) throw new Error(`the duties were not acknowledged: ${codeOf(told)}`)
}
