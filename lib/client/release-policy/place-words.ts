/**
 * A place in a policy as the editor numbers it: `anyOf[1].allOf[0]` is "authority 2, condition 1". What stands within a condition
 * follows it: "authority 1, condition 2, condition 1 in it". Empty for the policy as a whole.
 */
export function placeWords(at: string): string {
  const [authority, condition, ...inner] = [...at.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]) + 1)
  const words = [
    authority === undefined ? '' : `authority ${authority}`,
    condition === undefined ? '' : `condition ${condition}`,
    ...inner.map((number) => `condition ${number} in it`),
  ]
  return words.filter((each) => each !== '').join(', ')
}
