import 'server-only'
import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'
import { sha256Hex } from '../../digest'

/** The texts of policies stand in it by their digests. */
type Facts = Omit<
  ReleaseReport,
  'vaultName' | 'connectionId' | 'isOpen' | 'made' | 'factsSha256' | 'policies' | 'policiesLeftOut'
>

/**
 * The same for two prints that say the same. What a record says is in its own digest; what it was called when, and when it
 * was read or evaluated, are no facts about it.
 */
export function factsSha256({ rows, past, key, ...facts }: Facts): string {
  const said = rows.map(({ record: { digest }, evaluation, policy }) => [
    digest,
    evaluation && [evaluation.verdict, evaluation.suppliedBy],
    ...('sha256' in policy ? [policy.known, policy.sha256] : [policy.known]),
    ...('from' in policy ? [policy.from, policy.to] : []),
  ])
  const { withoutFiles: _readUpTo, ...reading } = facts.reading
  const changed = past.map(({ digest }) => digest)
  const members = Object.entries({ ...facts, reading, key: key.toLowerCase(), rows: said, past: changed }).sort(
    ([one], [other]) => (one < other ? -1 : 1),
  )
  return sha256Hex(JSON.stringify(members))
}
