/** One line of a table about requirements: `| V1.2.3 | what it asks | status | evidence |`. */
export interface RequirementRow {
  /** `V4.4.1–V4.4.4` stands for each of them. */
  ids: string[]
  status: string
  evidence: string
}

const ROW = /^\| (V\d+\.\d+\.\d+[^|]*?) \|[^|]*\| ([^|]*?) \| (.*) \|$/gm
const RANGE = /(V\d+\.\d+)\.(\d+)(?:–V\d+\.\d+\.(\d+))?/g

export function requirementRows(page: string): RequirementRow[] {
  return [...page.matchAll(ROW)].map(([, ids = '', status = '', evidence = '']) => ({
    ids: [...ids.matchAll(RANGE)].flatMap(([, section = '', first = '', last = first]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, nth) => `${section}.${Number(first) + nth}`),
    ),
    status,
    evidence,
  }))
}

const FILE_OF_ROOT = /^(?:\.env\.example|[\w.-]+\.(?:md|ts|js|mjs|json))$/

/** What stands between backticks and reads as a path of this repository. */
export function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, path = '']) => path)
  return quoted.filter((path) => /^(?:[\w.@()[\]-]+\/)+[\w.@()[\]-]*$/.test(path) || FILE_OF_ROOT.test(path))
}

/** Where a link leads within the page: `[secrets](#secrets)` → `secrets`. */
export function anchorsIn(text: string): string[] {
  return [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor)
}

/** As a repository's host makes anchors of headings. */
export function headingsIn(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}
