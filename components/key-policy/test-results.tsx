import type { ReactNode } from 'react'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import type { StoredTestView } from '@/lib/domain/releases/policy-change-views'
import { runPolicyTests } from '@/lib/domain/releases/policy-tests'
import { Badge } from '../ui/badge'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

const WORDS = { allow: 'let in', deny: 'kept out' } as const

type TestResultsProps = {
  tests: readonly StoredTestView[]
  /** null: the policy can't be read, so that no test runs. */
  policy: ReleasePolicy | null
  /** What can be done with a test. */
  acts?: (test: StoredTestView) => ReactNode
}

/** Every stored test with what the policy says to its token. */
export function TestResults({ tests, policy, acts }: TestResultsProps) {
  const results = policy
    ? runPolicyTests(
        policy,
        tests.map(({ test }) => test),
      )
    : []
  return (
    <Table
      label="Policy tests"
      head={
        <>
          <Th>Test</Th>
          <Th>Issued by</Th>
          <Th>Expected</Th>
          <Th>The policy says</Th>
          <Th>Result</Th>
          {acts ? (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          ) : null}
        </>
      }
    >
      {tests.map((stored, index) => {
        const result = results[index]
        return (
          <Row key={stored.id}>
            <RowHeader>
              <span className="wrap-anywhere">{stored.test.name}</span>
              <span className="block font-normal text-text-muted text-xs">added by {stored.addedByName}</span>
            </RowHeader>
            <Td wrap>
              <span className="break-all font-mono text-xs">{stored.test.issuer}</span>
            </Td>
            <Td>{WORDS[stored.test.expected]}</Td>
            <Td>{result ? WORDS[result.decision] : 'nothing yet'}</Td>
            <Td>
              {result ? (
                <Badge tone={result.passed ? 'good' : 'danger'} shape={result.passed ? 'check' : 'cross'}>
                  {result.passed ? 'passes' : 'fails'}
                </Badge>
              ) : (
                <span className="text-text-muted">not run</span>
              )}
            </Td>
            {acts ? <Td>{acts(stored)}</Td> : null}
          </Row>
        )
      })}
    </Table>
  )
}
