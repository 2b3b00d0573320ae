import type { KeyWarning } from '@/lib/crypto/private-key/found-key'
import { keyWarnings } from '@/lib/crypto/private-key/key-warnings'
import type { PreflightReport, PreflightRow } from '@/lib/domain/preflight/report'
import type { WizardState } from '../import/wizard'
import { keyOf } from '../import/wizard'
import type { QueueState } from './queue-state'

interface Judged {
  id: string
  name: string
  state: WizardState
  report: PreflightReport
  row: { state: QueueState }
}

/** One warning of preflight with this very fact, and every file that shows it. */
export interface SharedWarning {
  row: PreflightRow
  ids: ReadonlySet<string>
  /** In all of them. */
  acknowledged: boolean
}

const JUDGED: readonly QueueState[] = ['open', 'asking', 'ready', 'refused']

/** Each distinct warning of files that could be sent, in the order in which it is met. */
export function sharedWarnings(files: readonly Judged[]): SharedWarning[] {
  const byFact = new Map<string, { row: PreflightRow; ids: Set<string>; acknowledged: boolean }>()
  for (const {
    id,
    state,
    report,
    row: { state: standing },
  } of files) {
    if (!JUDGED.includes(standing) || state.facts.state !== 'known') continue
    for (const row of report.rows) {
      if (row.verdict !== 'warn') continue
      const key = `${row.id}\n${row.fact}`
      const known = byFact.get(key) ?? { row, ids: new Set(), acknowledged: true }
      known.ids.add(id)
      known.acknowledged &&= state.answers.acknowledged[row.id] === row.fact
      byFact.set(key, known)
    }
  }
  return [...byFact.values()]
}

/** What is worth knowing of keys that were sealed here, and of which files. */
export function sealedWarnings(files: readonly Judged[]): { words: string; names: string[] }[] {
  const byWarning = new Map<KeyWarning, string[]>()
  for (const { name, state, row } of files) {
    if (row.state === 'out' || row.state === 'done') continue
    for (const warning of keyOf(state.file)?.warnings ?? []) {
      byWarning.set(warning, [...(byWarning.get(warning) ?? []), name])
    }
  }
  return [...byWarning].map(([warning, names]) => ({ words: keyWarnings[warning], names }))
}
