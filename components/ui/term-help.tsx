import { Disclosure } from './disclosure'

type TermHelpProps = { terms: readonly (readonly [term: string, meaning: string])[] }

/** What a search box understands, term by term. */
export function TermHelp({ terms }: TermHelpProps) {
  return (
    <Disclosure summary="What can be searched for">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 py-1 text-table">
        {terms.map(([term, meaning]) => (
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
