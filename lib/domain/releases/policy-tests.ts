import { type Evaluation, evaluatePolicy } from './evaluate-policy'
import type { JsonObject } from './json-object'
import type { ReleasePolicy } from './policy'

/**
 * A named token with what a policy must say to it. `issuer` and `claims` are taken as they are: a test asks what the policy
 * says, not whether somebody signed the token, and an expired one is as good.
 */
export type PolicyTest = { name: string; issuer: string; claims: JsonObject; expected: 'allow' | 'deny' }

export type PolicyTestResult = Evaluation & { test: PolicyTest; passed: boolean }

/** Every test's decision with its trace, in the tests' order. */
export function runPolicyTests(policy: ReleasePolicy, tests: readonly PolicyTest[]): PolicyTestResult[] {
  return tests.map((test) => {
    const { decision, trace } = evaluatePolicy(policy, test)
    return { test, decision, trace, passed: decision === test.expected }
  })
}
