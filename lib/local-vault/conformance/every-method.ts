import { describe, expect, it } from 'vitest'

/** What a method must do, by the guarantee's name. */
export type MethodCases = Record<string, () => Promise<void>>

/**
 * Runs the cases of each method of a class. It fails where the class has a method without cases (a newer client brought one), where
 * cases are left of a method that is gone, and where a case ends without having called its method.
 * `internal`: what TypeScript hides and JavaScript does not.
 */
export function describeEveryMethod(
  prototype: object,
  internal: readonly string[],
  cases: Record<string, MethodCases>,
): void {
  it('there are cases for every method, and for nothing else', () => {
    expect(Object.keys(cases).sort()).toEqual(publicMembers(prototype, internal))
    for (const [method, own] of Object.entries(cases))
      expect([method, Object.keys(own).length]).not.toEqual([method, 0])
  })

  for (const [method, own] of Object.entries(cases)) {
    describe(method, () => {
      it.each(Object.entries(own))('%s', async (_guarantee, run) => {
        const { calls, restore } = countCalls(prototype, method)
        try {
          await run()
        } finally {
          restore()
        }
        expect(calls()).toBeGreaterThan(0)
      })
    })
  }
}

export function publicMembers(prototype: object, internal: readonly string[]): string[] {
  const hidden = new Set(['constructor', ...internal])
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => !hidden.has(name))
    .sort()
}

function countCalls(prototype: object, member: string) {
  const original = Object.getOwnPropertyDescriptor(prototype, member)
  if (!original) throw new Error(`There is no ${member}.`)
  let calls = 0
  const counted = <F>(called: F): F =>
    typeof called === 'function'
      ? new Proxy(called, {
          apply(target, self, args) {
            calls += 1
            return Reflect.apply(target, self, args)
          },
        })
      : called
  const how = original.get
    ? { ...original, get: counted(original.get) }
    : { ...original, value: counted(original.value) }
  Object.defineProperty(prototype, member, how)
  return { calls: () => calls, restore: () => Object.defineProperty(prototype, member, original) }
}
