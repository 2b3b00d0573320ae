import type { ReactNode } from 'react'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import type { StoredTestView } from '@/lib/domain/releases/policy-change-views'
import { type PolicyTestResult, runPolicyTests } from '@/lib/domain/releases/policy-tests'
import { Badge } from '../ui/badge'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

const EXPECTED = { allow: 'let in', deny: 'kept out' } as const

type TestResultsProps = {
  /** Tells it from another table of tests on the same page. */
  label: string
  tests: readonly StoredTestView[]
  /** null: the policy can't be read, so that no test runs. */
  policy: ReleasePolicy | null
  /** What can be done with a test. */
  acts?: (test: StoredTestView) => ReactNode
}

/** Every stored test with what the policy says to its token. */
export function TestResults({ label, tests, policy, acts }: TestResultsProps) {
  const results = policy
    ? runPolicyTests(
        policy,
        tests.map(({ test }) => test),
      )
    : []
  return (
    <Table
      label={label}
      head={
        <>
          <Th>Test</Th>
          <Th>Must be</Th>
          <Th>Under this policy</Th>
          {acts ? (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          ) : null}
        </>
      }
    >
      {tests.map((stored, index) => (
        <Row key={stored.id}>
          <RowHeader>
            <span className="wrap-anywhere whitespace-normal">{stored.test.name}</span>
            <span className="wrap-anywhere block whitespace-normal font-normal text-text-muted text-xs">
              {stored.test.issuer}
            </span>
            <span className="block whitespace-normal font-normal text-text-muted text-xs">
              added by {stored.addedByName}
            </span>
          </RowHeader>
          <Td>{EXPECTED[stored.test.expected]}</Td>
          <Td>
            <Verdict result={results[index]} />
          </Td>
          {acts ? <Td>{acts(stored)}</Td> : null}
        </Row>
      ))}
    </Table>
  )
}

function Verdict({ result }: { result: PolicyTestResult | undefined }) {
  if (!result) return <span className="text-text-muted">not run</span>
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={result.passed ? 'good' : 'danger'} shape={result.passed ? 'check' : 'cross'}>
        {result.passed ? 'passes' : 'fails'}
      </Badge>
      {EXPECTED[result.decision]}
    </span>
  )
}
