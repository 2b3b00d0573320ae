import { Disclosure } from '../ui/disclosure'

const TERMS = [
  ['key:payroll', 'the name of the key, or its version'],
  ['vault:contoso', 'the name of the vault, or of its connection'],
  ['who:5d3f', 'object id, application or name of the caller'],
  ['from:203.0.113.7', 'the address that the call came from'],
  ['code:403', 'the status, the signature of the result, or an AKV.SKR number'],
  ['-who:5d3f', 'a minus turns any term round'],
  ['"two words"', 'free text, as it stands; every term must hold'],
] as const

/** What the search box understands. */
export function HistoryHelp() {
  return (
    <Disclosure summary="What can be searched for">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 py-1 text-table">
        {TERMS.map(([term, meaning]) => (
          <div key={term} className="contents">
            <dt>
              <code className="font-mono">{term}</code>
            </dt>
            <dd className="text-text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
