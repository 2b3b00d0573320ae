import { randomUUID } from 'node:crypto'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import type { ConnectionRow, Context } from '@/lib/server/context'
import { submitImport } from '@/lib/server/imports/submit-import'
import { reconcileOperation } from '@/lib/server/operations/reconcile-operation'
import { approveImport } from '@/lib/server/reviews/approve-import'
import { decisionOn, importKey } from '@/lib/server/reviews/testing/import-key'
import { ecSourceKey, octSourceKey } from '@/lib/server/reviews/testing/source-key'
import { disableVersion } from '@/lib/server/stop/disable-version'
import type { TestConsole } from '../console'
import type { ToldCall } from '../outcomes/logs'
import { makeBlob, SHAPES, submission, type TestKek } from '../transfer'
import { throughTheDoor } from './through-the-door'

/** One act on a key of its own, made ready by a sound console and then performed by one whose wires are bad. */
export type ReadyAct = (faulty: Context) => Promise<ToldCall | null>

export interface Ground {
  console: TestConsole
  /** By connection id. */
  keks: ReadonlyMap<string, TestKek>
}

const REASON = 'As in the ceremony record'
const LATER_MS = 120_000

let made = 0
const newName = (act: string) => `${act}-${++made}-${randomUUID().slice(0, 4)}`

/** Says of a key's name whether it was given after this very moment. */
export function namesFromNow(): (keyName: string) => boolean {
  const before = made
  return (keyName) => Number(/-(\d+)-[0-9a-f]{4}$/.exec(keyName)?.[1] ?? 0) > before
}

function told(
  act: ToldCall['act'],
  connection: ConnectionRow,
  keyName: string,
  { idempotencyKey, result }: { idempotencyKey: string; result: ActionResult<{ status: string } | undefined> },
): ToldCall {
  const answer = result.ok
    ? { ok: true as const, status: result.value?.status ?? null }
    : { ok: false as const, code: result.problem.code }
  return { act, vault: connection.name, keyName, idempotencyKey, answer }
}

async function readyImport({ console: sound, keks }: Ground): Promise<ReadyAct> {
  const connection = sound.connections.vault
  const kek = kekOf(keks, connection)
  const name = newName('import')
  const blob = await makeBlob(kek, SHAPES.p256)
  const input: SubmitImportInput = await submission(sound, connection, kek, blob, { name, shape: SHAPES.p256 })
  return async (ctx) => {
    const actor = sound.actors.custodian
    const answered = await throughTheDoor(ctx, actor, 'imports.submit', 'imports.create', (watched) =>
      submitImport(watched, actor, input),
    )
    return told('import', connection, name, answered)
  }
}

function kekOf(keks: Ground['keks'], { id }: ConnectionRow): TestKek {
  const kek = keks.get(id)
  if (!kek) throw new Error('no KEK was made for this vault')
  return kek
}

type Where = 'vault' | 'hsm'

/** A key that waits for its review. A symmetric one is enabled by its check value, with its window. */
async function waitingKey({ console: sound, keks }: Ground, where: Where, act: string) {
  const connection = sound.connections[where]
  const source = where === 'hsm' ? octSourceKey() : await ecSourceKey()
  const name = newName(act)
  const { ctx, actors } = sound
  const kekId = kekOf(keks, connection).id
  const importId = await importKey({ ctx, actor: actors.custodian, connection, kekId, name, source })
  return { connection, name, decision: await decisionOn(ctx, importId, source.recorded, REASON) }
}

const readyEnable =
  (where: Where) =>
  async (ground: Ground): Promise<ReadyAct> => {
    const { connection, name, decision } = await waitingKey(ground, where, `enable-${where}`)
    const actor = ground.console.actors.custodian2
    return async (ctx) =>
      told(
        'enable',
        connection,
        name,
        await throughTheDoor(ctx, actor, 'reviews.approve-import', 'reviews.decide', (watched) =>
          approveImport(watched, actor, decision),
        ),
      )
  }

async function readyDisable(ground: Ground): Promise<ReadyAct> {
  const { console: sound } = ground
  const { connection, name, decision } = await waitingKey(ground, 'vault', 'disable')
  const enabled = await approveImport(sound.ctx, sound.actors.custodian2, decision)
  if (!enabled.ok) throw new Error(`not enabled: ${enabled.error.code}`)
  const row = await sound.ctx.db.import.findUniqueOrThrow({ where: { id: decision.importId } })
  const input = { connectionId: connection.id, name, version: row.keyVersion ?? '', reason: REASON }
  const actor = sound.actors.custodian
  return async (ctx) => {
    const answered = await throughTheDoor(ctx, actor, 'disable-version', 'keys.stop', (watched) =>
      disableVersion(watched, actor, input),
    )
    const { idempotencyKey, result } = answered
    return told('disable', connection, name, {
      idempotencyKey,
      result: result.ok ? { ok: true, value: undefined } : result,
    })
  }
}

/** What a killed process looks like from within. */
class Killed extends Error {
  override readonly name = 'Killed'
}

/** The call is sent, and whoever sent it is no more. */
function dyingAfter(ctx: Context, call: 'importTransferBlob' | 'updateVersion'): Context {
  return {
    ...ctx,
    provider: (connection) =>
      new Proxy(ctx.provider(connection), {
        get: (target, property) => {
          const member: unknown = Reflect.get(target, property, target)
          if (property !== call || typeof member !== 'function') return member
          return async (...given: unknown[]) => {
            await member.apply(target, given)
            throw new Killed('killed')
          }
        },
      }),
  }
}

const readyReconcile =
  (prepare: (ground: Ground) => Promise<ReadyAct>, call: 'importTransferBlob' | 'updateVersion') =>
  async (ground: Ground): Promise<ReadyAct> => {
    const { console: sound } = ground
    const act = await prepare(ground)
    const { keyName = '' } = (await act(dyingAfter(sound.ctx, call))) ?? {}
    const { id } = await sound.ctx.db.operation.findFirstOrThrow({
      where: { keyName, status: { in: ['pending', 'indeterminate'] } },
    })
    return async (ctx) => {
      // A job that throws is one that its queue runs again.
      await reconcileOperation({ ...ctx, clock: () => new Date(Date.now() + LATER_MS) }, id).catch(() => undefined)
      return null
    }
  }

/** Every act that is swept, each with how it is made ready. */
export const ACTS = {
  import: readyImport,
  enable: readyEnable('vault'),
  'enable by check value': readyEnable('hsm'),
  disable: readyDisable,
  'reconcile an import': readyReconcile(readyImport, 'importTransferBlob'),
  'reconcile an enabling': readyReconcile(readyEnable('vault'), 'updateVersion'),
  'reconcile a check value’s window': readyReconcile(readyEnable('hsm'), 'updateVersion'),
} as const satisfies Record<string, (ground: Ground) => Promise<ReadyAct>>
