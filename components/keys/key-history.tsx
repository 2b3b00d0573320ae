import type { AuditEventView, AuditPhase } from '@/lib/domain/audit/event'
import { routes } from '@/lib/routes'
import type { ShapeName } from '../ui/shape'
import { TextLink } from '../ui/text-link'
import { Timeline } from '../ui/timeline'
import type { Tone } from '../ui/tone'

export const PHASE_LOOKS = {
  intended: { tone: 'neutral', shape: 'ring', word: 'intended' },
  succeeded: { tone: 'good', shape: 'check', word: 'done' },
  failed: { tone: 'danger', shape: 'cross', word: 'failed' },
  indeterminate: { tone: 'attention', shape: 'question', word: 'not known' },
  refused: { tone: 'attention', shape: 'triangle', word: 'refused' },
  noted: { tone: 'neutral', shape: 'diamond', word: 'noted' },
} as const satisfies Record<AuditPhase, { tone: Tone; shape: ShapeName; word: string }>

type KeyHistoryProps = { name: string; history: readonly AuditEventView[]; mayReadAudit: boolean }

/** What Drawbridge did with this key and who asked for it, from the audit log. */
export function KeyHistory({ name, history, mayReadAudit }: KeyHistoryProps) {
  if (history.length === 0) {
    return (
      <p className="text-sm text-text-muted">
        Nothing yet. What happened to this key past Drawbridge stands in the vault’s own log.
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Timeline
        label={`History of ${name}`}
        events={history.map((event) => ({
          id: event.id,
          at: event.at,
          title: event.words,
          detail: event.vaultRequestId ? `Vault request ${event.vaultRequestId}` : undefined,
          ...PHASE_LOOKS[event.phase],
        }))}
      />
      {mayReadAudit ? (
        <TextLink href={routes.audit({ q: `key:${name}` })} className="self-start text-sm">
          All of it in the audit log
        </TextLink>
      ) : null}
    </div>
  )
}
