import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { ReleasePolicy } from '@/lib/domain/releases/policy'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import { err, ok, type Result } from '@/lib/domain/result'
import { describeOutlineProblem } from './outline-problem'
import { readOutline } from './read-outline'

/**
 * The policy, or what is wrong in words. A member that stands twice is wrong here, too: a screen must not say what the policy decides
 * while two readers may take two policies from it.
 */
export function readWholePolicy(text: string): Result<ReleasePolicy, string> {
  const outline = readOutline(text)
  if (!outline.ok && outline.error.code !== 'other-shape') return err(describeOutlineProblem(outline.error))
  const read = parseReleasePolicy(text)
  return read.ok ? ok(read.value) : err(describeProblem(read.error))
}
