import { maxPolicyJsonDepth } from './policy'
import { readPlainJson } from './read-plain-json'

/**
 * A policy's text set out in lines, for people. What is no JSON, and what would lose something by being read (a member that
 * stands twice), is shown as it is.
 */
export function indentedPolicy(text: string): string {
  const read = readPlainJson(text, maxPolicyJsonDepth)
  return read.ok ? JSON.stringify(read.value, null, 2) : text
}
