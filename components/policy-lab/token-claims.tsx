'use client'

import { memo, useState } from 'react'
import { askedClaims } from '@/lib/client/release-policy/asked-claims'
import { type ClaimRow, claimRows } from '@/lib/client/release-policy/claim-rows'
import { type ConditionMade, withConditionFromClaim } from '@/lib/client/release-policy/condition-from-claim'
import type { LabEvent } from '@/lib/client/release-policy/lab-state'
import type { LabReading } from '@/lib/client/release-policy/lab-token'
import type { Scalar } from '@/lib/domain/releases/policy'
import { LiveRegion } from '../ui/live-region'
import { Section } from '../ui/section'
import { Table, Th } from '../ui/table'
import { TextInput } from '../ui/text-input'
import { ClaimLine } from './claim-line'
import { MissingLine } from './missing-line'
import type { ReadToken } from './read-token'
import { WrittenClaims } from './written-claims'

type TokenClaimsProps = {
  token: ReadToken
  policy: string
  /** What is typed by now: what is added is added to it. */
  policyNow: () => string
  onPolicy: (text: string) => void
  send: (event: LabEvent) => void
}

/** The claims of the token in view, each with what the policy asks of it. */
export const TokenClaims = memo(function TokenClaims({ token, send, ...policy }: TokenClaimsProps) {
  const isWritten = token.read.ok ? token.read.value.signed === null : token.text.trimStart().startsWith('{')
  return (
    <Section id="lab-claims" title={`What “${token.name}” claims`}>
      {isWritten ? <WrittenClaims token={token} send={send} /> : null}
      {token.read.ok ? <ClaimsOf reading={token.read.value} {...policy} /> : null}
    </Section>
  )
})

const MADE = {
  added: (claim) => `Condition added: ${claim}.`,
  replaced: (claim) => `The condition on ${claim} now asks for this value.`,
  alternative: (claim) => `Added as another way in: ${claim}. Its authority takes any of its conditions.`,
} as const satisfies Record<ConditionMade['made'], (claim: string) => string>

/** A policy in the wild asks for ten; whoever pastes hundreds must not stop the page. */
const mostMissing = 60

type ClaimsOfProps = Pick<TokenClaimsProps, 'policy' | 'policyNow' | 'onPolicy'> & { reading: LabReading }

function ClaimsOf({ reading, policy, policyNow, onPolicy }: ClaimsOfProps) {
  const [search, setSearch] = useState('')
  const [said, setSaid] = useState('')
  const asked = askedClaims(policy, reading)
  const { rows, more } = claimRows(reading.claims)
  const named = new Set(rows.map(({ path }) => path))
  const missing = [...asked.values()].flat().filter(({ claim }) => !named.has(claim))
  const isWanted = ({ path, value }: ClaimRow) => `${path} ${value ?? ''}`.toLowerCase().includes(search.toLowerCase())
  const shown = [...rows.filter(({ path }) => asked.has(path)), ...rows.filter(({ path }) => !asked.has(path))]

  function make(claim: string, equals: Scalar) {
    const made = withConditionFromClaim(policyNow(), { issuer: reading.issuer, claim, equals })
    if (!made) return setSaid('The policy’s JSON can’t be read, so nothing was added. Mend it first.')
    onPolicy(made.policy)
    setSaid(MADE[made.made](claim))
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4">
        <div className="w-80 max-w-full">
          <TextInput
            type="search"
            aria-label="Find a claim"
            placeholder="Find a claim"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <LiveRegion visible>
          <span className="text-sm">{said}</span>
        </LiveRegion>
      </div>
      <Table
        label="Claims of the token"
        head={
          <>
            <Th>Claim</Th>
            <Th>The token says</Th>
            <Th>The policy asks</Th>
            <Th>
              <span className="sr-only">Act</span>
            </Th>
          </>
        }
      >
        {missing.slice(0, mostMissing).map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be one and the same
          <MissingLine key={index} asked={each} />
        ))}
        {shown.filter(isWanted).map((row) => (
          <ClaimLine key={row.path} row={row} asked={asked.get(row.path) ?? []} onMake={make} />
        ))}
      </Table>
      {search !== '' && !rows.some(isWanted) ? <p className="text-sm text-text-muted">No claim matches.</p> : null}
      {missing.length > mostMissing ? (
        <p className="text-sm text-text-muted">
          {(missing.length - mostMissing).toLocaleString('en')} more claims that the policy asks for are not in the
          token.
        </p>
      ) : null}
      {more > 0 ? (
        <p className="text-sm text-text-muted">{more.toLocaleString('en')} more claims are not listed.</p>
      ) : null}
    </div>
  )
}
