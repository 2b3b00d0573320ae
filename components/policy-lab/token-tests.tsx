'use client'

import { memo } from 'react'
import { readWholePolicy } from '@/lib/client/release-policy/read-whole-policy'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import { type PolicyTestResult, runPolicyTests } from '@/lib/domain/releases/policy-tests'
import { IssuerKeysField } from '../release-policy/issuer-keys-field'
import { useSignatures } from '../release-policy/use-signatures'
import { Badge } from '../ui/badge'
import { Disclosure } from '../ui/disclosure'
import { Table, Th } from '../ui/table'
import { asTest, type ReadToken, signedOf } from './read-token'
import { TestsAsJson } from './tests-as-json'
import { TokenRow } from './token-row'
import type { PolicyLabState } from './use-policy-lab'

type TokenTestsProps = Pick<PolicyLabState, 'tokens' | 'policy' | 'shown' | 'keys' | 'send'>

/** Each token with what the policy shall say and what it says. */
export const TokenTests = memo(function TokenTests({ tokens, policy, shown, keys, send }: TokenTestsProps) {
  const signatures = useSignatures(
    tokens.flatMap((token) => signedOf(token) ?? []),
    keys,
  )
  if (tokens.length === 0) return null
  const read = readWholePolicy(policy)
  const results = tokens.map((token) => resultOf(read.ok ? read.value : null, token))
  return (
    <div className="flex flex-col gap-4">
      <TestsSummary results={results} isPolicy={read.ok} />
      <Table
        label="Tokens and their tests"
        head={
          <>
            <Th>Token</Th>
            <Th>Issued by</Th>
            <Th>Signature and times</Th>
            <Th>Expected</Th>
            <Th>The policy says</Th>
            <Th>Test</Th>
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </>
        }
      >
        {tokens.map((token, index) => (
          <TokenRow
            key={token.id}
            token={token}
            result={results[index] ?? null}
            signatures={signatures.verdicts}
            isShown={token.id === shown}
            send={send}
          />
        ))}
      </Table>
      <div className="flex flex-col gap-2">
        <Disclosure summary="Verify their signatures">
          <IssuerKeysField
            id="lab-keys"
            value={keys}
            problem={signatures.problem}
            onChange={(text) => send({ type: 'typed', field: 'keys', text })}
          />
        </Disclosure>
        <Disclosure summary="These tests as JSON">
          <TestsAsJson tokens={tokens} />
        </Disclosure>
      </div>
    </div>
  )
})

function resultOf(policy: ReleasePolicy | null, token: ReadToken): PolicyTestResult | null {
  const test = asTest(token)
  return policy && test ? (runPolicyTests(policy, [test])[0] ?? null) : null
}

function TestsSummary({ results, isPolicy }: { results: readonly (PolicyTestResult | null)[]; isPolicy: boolean }) {
  const passed = results.filter((each) => each?.passed).length
  const all = passed === results.length
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
      {isPolicy ? (
        <>
          <Badge tone={all ? 'good' : 'danger'} shape={all ? 'check' : 'cross'}>
            {passed} of {results.length} pass
          </Badge>
          {all
            ? 'The policy says what is expected to every token.'
            : 'The policy says something else than is expected.'}
        </>
      ) : (
        <span className="text-text-muted">No test runs while the policy is none.</span>
      )}
    </p>
  )
}
