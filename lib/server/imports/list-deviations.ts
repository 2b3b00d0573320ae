import 'server-only'
import { IMPORT_ORIGIN_WORDS } from '@/lib/domain/imports/origin'
import type { CeremonyRows } from './load-ceremony-rows'

/** What was not as it should be, in words, whether somebody accepted it or not. Empty: nothing. */
export function listDeviations({ row, operation, preflight, receipt, approvals }: CeremonyRows): string[] {
  const compared =
    approvals.some(({ comparedBy }) => comparedBy !== null) || receipt?.comparison.outcome !== 'not compared'
  return [
    ...when(row.origin === 'over_tls', IMPORT_ORIGIN_WORDS.over_tls.sentence),
    ...when(
      row.sentSha256 !== row.fileSha256,
      'The file was normalised before it was sent; both digests are recorded.',
    ),
    ...preflight
      .filter(({ acknowledged }) => acknowledged)
      .map(({ title, fact }) => `Warning acknowledged: ${title}. ${fact}`),
    ...when(!row.createdName, 'The key became a new version of a name that existed before.'),
    ...(receipt?.differences ?? []).map((fact) => `The vault’s ${fact} is not what was asked for.`),
    ...when(receipt?.enabled === true, 'The key was enabled when it was read back.'),
    ...when(!compared, 'Not compared: nobody gave a value to compare the vault’s key with.'),
    ...when(operation.finishedBy === 'reconciler', 'The outcome was found out afterwards, by asking the vault.'),
    ...when(
      row.checkWindowMs !== null,
      `The key was enabled for ${row.checkWindowMs ?? 0} ms, for encryption only, to ask for its check value.`,
    ),
  ]
}

function when(holds: boolean, words: string): string[] {
  return holds ? [words] : []
}
