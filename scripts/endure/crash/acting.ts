import { randomUUID } from 'node:crypto'
import type { ToldCall } from '@/lib/testing/outcomes/logs'
import type { Ground } from './ground'
import type { Sealed } from './keys'
import type { OfficerClient, Told } from './officer'

export interface Cast {
  importer: OfficerClient
  approver: OfficerClient
}

/** An act that was sent; `told` resolves with what its client heard, and asking again is under the same key. */
export interface SentAct {
  act: ToldCall['act']
  sealed: Sealed
  idempotencyKey: string
  told: Promise<Told>
  askAgain: () => Promise<Told>
}

/** What clients were told, in the order in which they heard it. */
export class ToldLog {
  readonly calls: ToldCall[] = []

  note({ act, sealed, idempotencyKey }: SentAct, told: Told): Told {
    const { vault, keyName } = sealed
    const answer = told?.ok
      ? { ok: true as const, status: statusOf(told.value) }
      : told && { ok: false as const, code: told.problem.code }
    this.calls.push({ act, vault, keyName, idempotencyKey, answer })
    return told
  }
}

function statusOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'status' in value ? String(value.status) : null
}

/** An act that was proven and waits to be sent. */
export type ReadyAct = () => SentAct

export async function readyImport({ importer }: Cast, log: ToldLog, sealed: Sealed): Promise<ReadyAct> {
  await importer.prove('submitImportAction', sealed.input)
  return () => sendImport({ importer }, log, sealed)
}

export function sendImport({ importer }: Pick<Cast, 'importer'>, log: ToldLog, sealed: Sealed): SentAct {
  return send('import', sealed, log, (idempotencyKey) =>
    importer.act('submitImportAction', { idempotencyKey, input: sealed.input }),
  )
}

/** The approval of the import as it stands on record now. */
export async function readyEnable(ground: Ground, cast: Cast, log: ToldLog, sealed: Sealed): Promise<ReadyAct> {
  const input = await decisionOn(ground, sealed)
  await cast.approver.prove('approveImportAction', input)
  return () => sendDecision(cast, log, sealed, input)
}

export async function sendEnable(ground: Ground, cast: Cast, log: ToldLog, sealed: Sealed): Promise<SentAct> {
  return sendDecision(cast, log, sealed, await decisionOn(ground, sealed))
}

function sendDecision({ approver }: Cast, log: ToldLog, sealed: Sealed, input: unknown): SentAct {
  return send('enable', sealed, log, (idempotencyKey) => approver.act('approveImportAction', { idempotencyKey, input }))
}

async function decisionOn(ground: Ground, { keyName, recorded }: Sealed): Promise<unknown> {
  const [row] = await ground.sql<{ importId: string; revision: number; frozenSha256: string }>(
    `SELECT id AS "importId", revision, frozen_sha256 AS "frozenSha256" FROM import
      WHERE key_name = $1 AND status = 'awaiting_review'`,
    [keyName],
  )
  if (!row) throw new Error(`${keyName} does not wait for a review`)
  return { ...row, reason: 'As in the ceremony record', expected: { text: recorded } }
}

function send(act: ToldCall['act'], sealed: Sealed, log: ToldLog, post: (key: string) => Promise<Told>): SentAct {
  const idempotencyKey = randomUUID()
  const sent: SentAct = {
    act,
    sealed,
    idempotencyKey,
    told: post(idempotencyKey).then((told) => log.note(sent, told)),
    askAgain: async () => log.note(sent, await post(idempotencyKey)),
  }
  return sent
}
