import { type KeyAct, keyActAsCode, type VersionAddress } from '@/lib/client/keys/acts-as-code'
import { CodeBlock } from '../ui/code-block'
import { Disclosure } from '../ui/disclosure'

type ActsAsCodeProps = { at: VersionAddress; acts: readonly KeyAct[]; attributesOnly?: boolean }

/** What can be done with a version past this console, act by act: on the command line and as REST. */
export function ActsAsCode({ at, acts, attributesOnly = false }: ActsAsCodeProps) {
  const codes = acts.map((act) => keyActAsCode(act, at, { attributesOnly }))
  const reachable = codes.some(({ az }) => az !== null)
  return (
    <div className="flex flex-col gap-3 text-sm">
      {reachable ? null : (
        <p className="text-text-muted">
          az can’t reach this vault: it insists on https and on the cloud’s own addresses. REST can:
        </p>
      )}
      {codes.map(({ id, title, az, rest }) => (
        <Disclosure key={id} summary={title}>
          <div className="flex flex-col gap-2 py-1">
            {az ? <CodeBlock shell code={az} label={`Copy the az command: ${title.toLowerCase()}`} /> : null}
            <CodeBlock code={rest} label={`Copy the REST call: ${title.toLowerCase()}`} />
          </div>
        </Disclosure>
      ))}
      {reachable ? (
        <p className="max-w-prose text-table text-text-muted">
          Unverified: these az commands were written for az 2.45 and have not been run by us. The REST calls are what
          this console’s own vault client sends, at API version 7.6.
        </p>
      ) : null}
    </div>
  )
}
