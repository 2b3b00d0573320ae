/** What a linter can't see. Each rule looks at one file and names what is wrong with it; its scope is part of the rule. */
export interface HouseRule {
  name: string
  appliesTo: (path: string) => boolean
  /** Undefined when the file keeps the rule. */
  breach: (text: string) => string | undefined
}

const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path)
const isSource = (path: string) => /\.tsx?$/.test(path) && !isTest(path) && !path.startsWith('e2e/')

/** Programs that run outside Next, where the marker has nothing to guard. */
const PROGRAMS = /^lib\/server\/(?:db\/(?:migrate|adapter)[a-z-]*|(?:setup|front)\/main)\.ts$/
/** The one reader of settings, and what has to know the environment before it or in its place. */
const READERS = ['lib/server/env.ts', 'lib/server/db/migrate-main.ts', 'instrumentation.ts']
/** The seam between our statements and the two ways they reach the pool: text of ours, and values beside it. */
const STATEMENT_SEAM = /^lib\/server\/(?:db\/statement|jobs\/pg-boss-queue)/
const EXPORT = /^export\s+(.*)$/gm

export const HOUSE_RULES: readonly HouseRule[] = [
  {
    name: 'what officers change goes through one door: a "use server" file exports nothing but defineAction(…) and defineOpenAction(…)',
    appliesTo: isSource,
    breach: (text) => {
      if (!/^['"]use server['"]/m.test(text)) return undefined
      if (!/^['"]use server['"]/.test(text)) return '"use server" is not its first line'
      const others = [...text.matchAll(EXPORT)].filter(
        ([, what = '']) => !/^const \w+ = define(?:Open)?Action\(/.test(what) && !/^(?:type|interface) /.test(what),
      )
      return others[0]?.[0]
    },
  },
  {
    name: 'code of the server says so in its first line',
    appliesTo: (path) => path.startsWith('lib/server/') && isSource(path) && !PROGRAMS.test(path),
    breach: (text) =>
      text.startsWith("import 'server-only'") ? undefined : 'its first line is not import "server-only"',
  },
  {
    name: 'settings are read in one place',
    appliesTo: (path) =>
      /^(?:app|components|lib)\/|^[^/]+\.tsx?$/.test(path) &&
      isSource(path) &&
      !READERS.includes(path) &&
      !path.endsWith('.config.ts'),
    breach: (text) => /process\.env\b/.exec(text)?.[0],
  },
  {
    name: 'a page is rendered on the server',
    appliesTo: (path) => /^app\/.*\/?(?:page|layout)\.tsx$/.test(path),
    breach: (text) => /^['"]use client['"]/m.exec(text)?.[0],
  },
  {
    name: 'no text becomes code or markup, and no command of the system is run',
    appliesTo: (path) => /^(?:app|components|lib)\/|^[^/]+\.tsx?$/.test(path) && isSource(path),
    breach: (text) =>
      /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\(|\beval\(|new Function\(|node:child_process|node:vm\b/.exec(
        text,
      )?.[0],
  },
  {
    name: 'SQL is a template whose values are parameters',
    appliesTo: (path) => path.startsWith('lib/server/') && isSource(path) && !STATEMENT_SEAM.test(path),
    breach: (text) => /\$(?:query|execute)RawUnsafe\b|Prisma\.raw\(/.exec(text)?.[0],
  },
  {
    name: 'every internal link is built by lib/routes.ts',
    appliesTo: (path) => /^(?:app|components)\//.test(path) && path.endsWith('.tsx') && !isTest(path),
    breach: (text) => /href=(?:"\/(?!\/)[^"]*"|\{`\/[^`]*`\})/.exec(text)?.[0],
  },
]

/** `path: rule: what`, one line a breach. */
export function findBreaches(path: string, text: string): string[] {
  return HOUSE_RULES.flatMap(({ name, appliesTo, breach }) => {
    const found = appliesTo(path) ? breach(text) : undefined
    return found === undefined ? [] : [`${path}: ${name}: ${found}`]
  })
}
