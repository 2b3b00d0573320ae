import type { ManifestRow } from '@/lib/domain/imports/manifest'

/** What the manifest says of a file. Where there is one, a file goes only by a line of it that can be followed. */
export type FileLine =
  /** There is no manifest. */
  | { state: 'none' }
  | { state: 'followed'; line: number; row: ManifestRow }
  | { state: 'wrong'; line: number; problems: readonly string[] }
  | { state: 'not-named' }
  /** It is a saved result table, and this key arrived before. */
  | { state: 'in-review'; line: number; reference: string }

/** Why a file stays out; null: it does not. */
export function staysOutBecause(line: FileLine): string | null {
  switch (line.state) {
    case 'none':
    case 'followed':
      return null
    case 'wrong':
      return [`Line ${line.line} of the manifest:`, ...line.problems].join(' ')
    case 'not-named':
      return 'No line of the manifest names this file.'
    case 'in-review':
      return `It is in review already${line.reference ? ` as ${line.reference}` : ''}, says line ${line.line} of the table.`
  }
}
