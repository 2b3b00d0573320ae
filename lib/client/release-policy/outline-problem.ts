/** Why the editor can't show a text. Whether a policy that it shows is a right one is another question. */
export type OutlineProblemCode =
  | 'too-long'
  | 'not-json'
  | 'too-deep'
  | 'duplicate-member'
  | 'number-too-large'
  | 'other-shape'

/** `line` and `column` from 1, where the code has a place in the text; `about` names a member or a place in the policy. */
export type OutlineProblem = {
  code: OutlineProblemCode
  line: number | null
  column: number | null
  about: string | null
}

const WORDS = {
  'too-long': 'The policy is longer than 64 KiB.',
  'not-json': 'The JSON can’t be read from here on.',
  'too-deep': 'It is nested more deeply from here on than a policy may be.',
  'duplicate-member': 'A member stands twice in one object; which one counts, nobody can say.',
  'number-too-large': 'A number is too large to be kept exactly. Write it as a text.',
  'other-shape': 'This is JSON, but not in the shape of a policy: it needs "anyOf", a list of authorities.',
} as const satisfies Record<OutlineProblemCode, string>

/** Where it is wrong, and what is. */
export function describeOutlineProblem({ code, line, column, about }: OutlineProblem): string {
  const place = line === null ? '' : `Line ${line}, column ${column}: `
  return `${place}${WORDS[code]}${about === null ? '' : ` (${about})`}`
}
