import 'server-only'
import type { TargetFacts } from '@/lib/domain/imports/views'
import type { PreflightReport, PreflightRow } from '@/lib/domain/preflight/report'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'

/** Failed rows block, and so do rows that could not be decided; each warning is acknowledged by its id. */
export function expectAcknowledged(
  { rows }: PreflightReport,
  facts: TargetFacts,
  acknowledgedWarnings: readonly string[],
): Result<void, ServiceError> {
  const failed = rows.filter(({ verdict }) => verdict === 'fail')
  if (failed.length > 0) return err({ code: 'preflight-failed', message: nameRows(failed), fields: byId(failed) })
  if (facts.kek.state === 'not_known' || facts.nameState.state === 'not_known')
    return err({ code: 'vault-unreachable' })
  const open = rows.filter(({ verdict }) => verdict === 'pending')
  if (open.length > 0) return err({ code: 'preflight-failed', message: nameRows(open), fields: byId(open) })
  const unread = rows.filter(({ id, verdict }) => verdict === 'warn' && !acknowledgedWarnings.includes(id))
  if (unread.length === 0) return ok(undefined)
  const message = `Acknowledge each warning before the key is sent: ${unread.map(({ title }) => title).join('; ')}.`
  return err({ code: 'warnings-not-acknowledged', message, fields: byId(unread) })
}

function nameRows(rows: readonly PreflightRow[]): string {
  const facts = rows.map(({ title, fact }) => `${title}: ${fact}`)
  return `Preflight stopped this before anything was sent. ${facts.join(' ')}`
}

function byId(rows: readonly PreflightRow[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ id, fact, remedy }) => [id, remedy ? `${fact} ${remedy}` : fact]))
}
