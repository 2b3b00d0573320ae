import { type AuditView, auditUrl } from '@/lib/client/audit/audit-url'
import { AUDIT_PHASES } from '@/lib/domain/audit/event'
import { routes } from '@/lib/routes'
import { FilterMenu } from '../keys/filter-menu'
import { toggled } from '../keys/inventory-links'
import { PHASE_LOOKS } from '../keys/key-history'
import { FilterBar, FilterChip, FilterGroup } from '../ui/filter-bar'
import { TextLink } from '../ui/text-link'
import { auditHref, PRESETS } from './audit-links'
import { LogSearch } from './log-search'

/** Search, days and outcome: one GET form and links, so that the address holds everything. */
export function AuditFilters({ view }: { view: AuditView }) {
  const filtered = Object.keys(auditUrl({ ...view, page: 1 })).length > 0
  return (
    <div className="flex flex-col gap-3 print:hidden">
      <FilterBar>
        <LogSearch action={routes.audit()} view={view} kept={{ phase: view.phases }} />
        <div className="flex items-center gap-2 self-end">
          <FilterMenu
            id="filter-phase"
            label="Outcome"
            options={AUDIT_PHASES.map((phase) => ({
              value: phase,
              label: PHASE_LOOKS[phase].word,
              active: view.phases.includes(phase),
              href: auditHref(view, { phases: toggled(view.phases, phase) }),
            }))}
          />
          {filtered ? (
            <TextLink href={routes.audit()} className="px-2 text-table">
              Clear filters
            </TextLink>
          ) : null}
        </div>
      </FilterBar>
      <FilterGroup label="Show">
        {PRESETS.map(({ label, text }) => (
          <FilterChip
            key={text}
            active={view.text === text}
            href={auditHref(view, { text: view.text === text ? '' : text })}
          >
            {label}
          </FilterChip>
        ))}
      </FilterGroup>
    </div>
  )
}
