import type { HeldVersion, Logs, OperationRow, ToldCall } from './logs'
import { codesOf, everyAnswerSaysNothingWasDone } from './told'

/** Ends in which the vault rightly holds a version although the intent failed. */
const FAILED_WITH_A_VERSION: readonly (string | null)[] = ['substituted', 'request-changed']

const madeBy = (logs: Logs, { id }: OperationRow): HeldVersion[] =>
  logs.vault.versions.filter(({ tags }) => tags.drawbridge === id)

const importsOf = (logs: Logs): OperationRow[] => logs.ours.operations.filter(({ kind }) => kind === 'import_key')

/** One version at most for each intent, and no more commits at the vault than intents. */
export function nothingIsImportedTwice(logs: Logs): string[] {
  const twice = importsOf(logs).flatMap((one) => {
    const count = madeBy(logs, one).length
    return count > 1 ? [`${one.keyName}: ${count} versions of one intent (${one.id})`] : []
  })
  const names = new Set(importsOf(logs).map(({ vault, keyName }) => `${vault}/${keyName}`))
  const sentTwice = [...names].flatMap((name) => {
    const intents = importsOf(logs).filter(({ vault, keyName }) => `${vault}/${keyName}` === name).length
    const commits = logs.vault.acknowledged.filter(
      (line) =>
        line.operation === 'import' && `${line.vault}/${line.name}` === name && [200, null].includes(line.status),
    ).length
    return commits > intents ? [`${name}: ${commits} imports at the vault for ${intents} intents`] : []
  })
  return [...twice, ...sentTwice]
}

/** No version without a durable record first. */
export function everyVersionHasItsIntent(logs: Logs): string[] {
  const intents = new Set(logs.ours.operations.map(({ id }) => id))
  return logs.vault.versions
    .filter(({ tags }) => !intents.has(tags.drawbridge ?? ''))
    .map(({ vault, name, version }) => `${vault}/${name}/${version} was made by no intent`)
}

/** What the record says of an import is so in the vault. */
export function importOutcomesAreTrue(logs: Logs): string[] {
  return importsOf(logs).flatMap((one) => {
    const held = madeBy(logs, one)
    if (one.status === 'succeeded' && !held.some(({ version }) => version === one.keyVersion))
      return [`import of ${one.keyName} succeeded on record, and the vault does not hold it`]
    if (one.status === 'failed' && held.length > 0 && !FAILED_WITH_A_VERSION.includes(one.code))
      return [`import of ${one.keyName} failed on record (${one.code}), and the vault holds it`]
    return []
  })
}

const ARRIVED: readonly string[] = ['awaiting_review', 'enabling', 'enabled', 'rejecting', 'rejected']

/** Whoever was told that a key has arrived finds it; whoever was told that nothing was done finds nothing. */
export function whatImportersWereToldIsSo(logs: Logs): string[] {
  const calls = logs.told.filter(({ act }) => act === 'import')
  const lost = calls.flatMap((call) =>
    call.answer?.ok && ARRIVED.includes(call.answer.status ?? '') && !hasArrived(logs, call)
      ? [`${call.keyName}: told ${call.answer.status}, and it is not there`]
      : [],
  )
  const denied = [...new Set(calls.map(({ vault, keyName }) => `${vault}/${keyName}`))].flatMap((name) => {
    const own = calls.filter(({ vault, keyName }) => `${vault}/${keyName}` === name)
    const held = logs.vault.versions.some((one) => `${one.vault}/${one.name}` === name)
    return held && everyAnswerSaysNothingWasDone(own) ? [`${name}: told ${codesOf(own)}, and it is in the vault`] : []
  })
  return [...lost, ...denied]
}

function hasArrived(logs: Logs, { vault, keyName }: ToldCall): boolean {
  const isOfThisKey = (one: { vault: string }, name: string) => one.vault === vault && name === keyName
  return (
    logs.vault.versions.some((held) => isOfThisKey(held, held.name)) &&
    logs.ours.imports.some((row) => isOfThisKey(row, row.keyName) && row.keyVersion !== null)
  )
}
