// What test files import as `vitest`, over vitest's own parts, which run in browsers: its runner and its `expect`.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'
import { getCurrentTest } from '@vitest/runner'
import * as chai from 'chai'

export { afterAll, afterEach, beforeAll, beforeEach, describe, it, suite, test } from '@vitest/runner'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

/** @param {unknown} value @param {string} [message] */
const assertion = (value, message) => {
  const { assertionCalls = 0 } = getState(expect) ?? {}
  setState({ assertionCalls: assertionCalls + 1 }, expect)
  const asserted = /** @type {any} */ (chai.expect(value, message))
  const running = getCurrentTest()
  return running ? asserted.withTest(running) : asserted
}

/** @type {any} vitest's own type is of its own module */
export const expect = Object.assign(assertion, chai.expect, /** @type {any} */ (globalThis)[ASYMMETRIC_MATCHERS_OBJECT])
expect.extend = (/** @type {any} */ matchers) => /** @type {any} */ (chai.expect).extend(expect, matchers)
