import type { OperationKind } from '@/lib/domain/operations/operation'
import type { ApprovalRow, HeldVersion, ImportRow, Logs } from './logs'
import { codesOf, everyAnswerSaysNothingWasDone } from './told'

const STOPS: readonly OperationKind[] = ['disable_key', 'mark_compromised', 'reject_key']
/** Each of these sends one PATCH to a version at most, but for a symmetric key's window. (A vault that makes versions enabled would get one for an import, too: ours does not.) */
const PATCHES: readonly OperationKind[] = [...STOPS, 'enable_key', 'reenable_key', 'change_policy']

function versionOf(logs: Logs, { vault, keyName, keyVersion }: ImportRow): HeldVersion | undefined {
  return logs.vault.versions.find(
    (one) => one.vault === vault && one.name === keyName && (keyVersion === null || one.version === keyVersion),
  )
}

const isOfVersion = ({ vault, name, version }: HeldVersion) =>
  function matches(one: { vault: string; keyName: string; keyVersion: string | null }): boolean {
    return one.vault === vault && one.keyName === name && one.keyVersion === version
  }

function wasStopped(logs: Logs, held: HeldVersion): boolean {
  return logs.ours.operations
    .filter(isOfVersion(held))
    .some(({ kind, status }) => STOPS.includes(kind) && status === 'succeeded')
}

/** What is enabled was approved, as it was frozen, by somebody else than its importer, and is on record as enabled. */
export function nothingIsEnabledUnapproved(logs: Logs): string[] {
  return logs.ours.imports.flatMap((row) => {
    const held = versionOf(logs, row)
    if (!held?.enabled || isOpenWindow(held)) return []
    if (row.status !== 'enabled') return [`${row.keyName} is enabled in the vault, and ${row.status} on record`]
    const approved = logs.ours.approvals.some((approval) => isApprovalOf(approval, row) && approval.actedAt !== null)
    return approved ? [] : [`${row.keyName} is enabled without an approval that was acted on`]
  })
}

function isApprovalOf(
  { importId, decision, approverId, frozenSha256, voidedAt }: ApprovalRow,
  row: ImportRow,
): boolean {
  return (
    importId === row.id &&
    decision === 'approve' &&
    voidedAt === null &&
    approverId !== row.importerId &&
    frozenSha256 === row.frozenSha256
  )
}

/** A symmetric key enabled for its check value alone, and not (yet) for use. */
const isOpenWindow = ({ enabled, keyOps, tags }: HeldVersion): boolean =>
  enabled && keyOps.join() === 'encrypt' && tags.requires_review !== 'false'

export function noWindowIsLeftOpen({ vault }: Logs): string[] {
  return vault.versions.filter(isOpenWindow).map(({ name }) => `${name} still stands enabled for its check value`)
}

/** One approval, one act: no import is enabled twice, and no version gets more calls than it has intents. */
export function noApprovalActsTwice(logs: Logs): string[] {
  const twice = logs.ours.imports.flatMap(({ id, keyName }) => {
    const enabled = logs.ours.operations.filter(
      ({ kind, importId, status }) => kind === 'enable_key' && importId === id && status === 'succeeded',
    ).length
    return enabled > 1 ? [`${keyName} was enabled ${enabled} times`] : []
  })
  const more = logs.vault.versions
    .filter((held) => !held.keyOps.some(isSymmetricOperation))
    .flatMap((held) => {
      const intents = logs.ours.operations.filter(isOfVersion(held)).filter(({ kind }) => PATCHES.includes(kind)).length
      const patches = logs.vault.acknowledged.filter(
        ({ vault, operation, name, version, status }) =>
          operation === 'update' &&
          vault === held.vault &&
          name === held.name &&
          version === held.version &&
          [200, null].includes(status),
      ).length
      return patches > intents ? [`${held.name}: ${patches} changes at the vault for ${intents} intents`] : []
    })
  return [...twice, ...more]
}

/** Its check value takes three calls in one act, and closing may be tried again: it is judged by how it stands at the end. */
const isSymmetricOperation = (operation: string): boolean => ['encrypt', 'decrypt', 'wrapKey'].includes(operation)

/** What the record says of an enabling, and what officers were told of it, is so in the vault. */
export function whatIsEnabledOnRecordIsSo(logs: Logs): string[] {
  return logs.ours.imports.flatMap((row) => {
    const held = versionOf(logs, row)
    const isOn = held?.enabled ?? false
    const calls = logs.told.filter(
      ({ act, vault, keyName }) => act === 'enable' && vault === row.vault && keyName === row.keyName,
    )
    if (row.status === 'enabled' && !isOn && held && !wasStopped(logs, held))
      return [`${row.keyName} is enabled on record, and disabled in the vault`]
    if (row.status !== 'enabled' && calls.some(({ answer }) => answer?.ok && answer.status === 'enabled'))
      return [`${row.keyName}: told enabled, and it is ${row.status}`]
    if (isOn && everyAnswerSaysNothingWasDone(calls))
      return [`${row.keyName}: told ${codesOf(calls)}, and it is enabled`]
    return []
  })
}

/** Whoever was told that a version is stopped need not look again. */
export function whatWasStoppedIsSo(logs: Logs): string[] {
  const reenabled = (held: HeldVersion) =>
    logs.ours.operations.filter(isOfVersion(held)).some(({ kind }) => kind === 'reenable_key')
  return logs.vault.versions.flatMap((held) => {
    if (!held.enabled || reenabled(held)) return []
    const told = logs.told.some(
      ({ act, vault, keyName, answer }) =>
        act === 'disable' && vault === held.vault && keyName === held.name && answer?.ok,
    )
    return told || wasStopped(logs, held) ? [`${held.name} was stopped, and is enabled`] : []
  })
}
