import { err, ok, type Result } from '@/lib/domain/result'

/** More than any manifest of the files that go at once. */
const AT_MOST = 1024 * 1024
const DELIMITERS = [',', ';', '\t'] as const

type Cells = string[][]

/** A manifest's cells: CSV in UTF-8, with or without its mark, by comma, semicolon or tab, as its first line has it. */
export async function readManifestCells(file: Blob): Promise<Result<Cells, string>> {
  if (file.size > AT_MOST) return err('It is larger than any manifest. Choose the CSV file that names the key files.')
  const text = textOf(new Uint8Array(await file.arrayBuffer()))
  if (text === null) return err('It is not UTF-8 text. Save it as “CSV UTF-8” and choose it again.')
  const { default: papa } = await import('papaparse')
  const { data, errors } = papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const [wrong] = errors
  if (wrong) return err(`Line ${(wrong.row ?? 0) + 1} is no CSV: a quote is not closed, or stands inside of a field.`)
  return ok(data)
}

/** null: it is not UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}

/** What stands most often between the columns’ names, which hold none of them. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/\r?\n/, 1)
  const count = (delimiter: string) => head.split(delimiter).length
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best))
}
