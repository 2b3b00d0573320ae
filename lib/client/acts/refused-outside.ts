import { PROBLEM_CODES, type Problem } from '@/lib/domain/actions/action-result'

/** The problem that the console's front answered an action with; undefined for any other failure. */
export function refusedOutside(cause: unknown): Problem | undefined {
  if (!(cause instanceof Error) || !cause.message.startsWith('{"problem":')) return undefined
  const { problem } = JSON.parse(cause.message) as { problem: Problem } // the front's own words (lib/server/front/refuse.ts)
  return PROBLEM_CODES.includes(problem.code) ? problem : undefined
}
