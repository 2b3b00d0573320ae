import type { DryRun } from '@/lib/client/releases/dry-run'
import { findClaim } from '@/lib/domain/releases/find-claim'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { PolicyTrace } from './policy-trace'
import { TokenSignature } from './token-signature'

/** What the vault will answer and why, before it is asked. */
export function DryRunView({ run }: { run: DryRun }) {
  switch (run.state) {
    case 'empty':
      return (
        <p className="max-w-prose text-sm text-text-muted">Paste a token: what the policy says to it stands here.</p>
      )
    case 'unreadable':
      return <Banner tone="attention" title={run.problem} />
    case 'run':
      return <Verdict run={run} />
  }
}

function Verdict({ run }: { run: Extract<DryRun, { state: 'run' }> }) {
  const { released, policySays, obstacles, trace, token, wrapping } = run
  const { expires } = token.times
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Banner
        tone={released ? 'good' : 'attention'}
        title={released ? 'The policy lets this token in.' : TITLES[policySays]}
      >
        {obstacles.length > 0 ? (
          <ul className="wrap-anywhere list-disc pl-5">
            {obstacles.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        ) : null}
      </Banner>
      <PolicyTrace
        trace={trace}
        actualOf={(claim) => {
          const found = findClaim(token.claims, claim)
          return found.found === 'value' ? found.value : undefined
        }}
      />
      <TokenSignature token={token} />
      <p className="max-w-prose text-sm text-text-muted">
        {wrapping ? (
          <>
            The key would be wrapped for <code className="break-all font-mono">{wrapping.kid}</code> (RSA,{' '}
            {wrapping.bits} bits) in the token.{' '}
          </>
        ) : null}
        {expires === null ? null : (
          <>
            The token holds until{' '}
            <DateTime value={new Date(expires * 1000).toISOString()} relative="none" withSeconds />.{' '}
          </>
        )}
        The vault verifies its signature by the keys that the authority publishes.
      </p>
    </div>
  )
}

const TITLES = {
  allow: 'The policy would let this token in, but a vault refuses it.',
  deny: 'The policy keeps this token out.',
} as const
