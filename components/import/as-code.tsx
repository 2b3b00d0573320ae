import type { ReactNode } from 'react'
import { CodeBlock } from '../ui/code-block'
import { Disclosure } from '../ui/disclosure'

type AsCodeProps = {
  /** null: az can't reach this vault. */
  az: string | null
  rest: ReactNode
  note?: string
}

/** An act as az and as REST, for those who automate it or want to see what will be sent. */
export function AsCode({ az, rest, note }: AsCodeProps) {
  return (
    <Disclosure summary="As code">
      <div className="flex flex-col gap-3 py-1">
        {az ? (
          <CodeBlock shell label="Copy the az command" code={az} />
        ) : (
          <p className="text-sm text-text-muted">
            The az command line reaches vaults under Azure’s own host names only, so it can’t do this for a local vault.
          </p>
        )}
        {rest}
        <p className="max-w-prose text-table text-text-muted">
          The flags <code className="font-mono">--kty RSA|EC|oct</code>, <code className="font-mono">--curve</code>,{' '}
          <code className="font-mono">--byok-file</code> and <code className="font-mono">--ops</code> were checked
          against az 2.45; Microsoft’s page shows newer spellings. {note}
        </p>
      </div>
    </Disclosure>
  )
}
