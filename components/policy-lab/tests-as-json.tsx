import { CodeBlock } from '../ui/code-block'
import { asTest, type ReadToken } from './read-token'

/** The tests to take along: names, issuers, claims and what is expected. Signatures are left out. */
export function TestsAsJson({ tokens }: { tokens: readonly ReadToken[] }) {
  const tests = tokens.flatMap((token) => asTest(token) ?? [])
  return (
    <div className="max-h-96 overflow-auto">
      <CodeBlock code={JSON.stringify(tests, null, 2)} label="the tests" />
    </div>
  )
}
