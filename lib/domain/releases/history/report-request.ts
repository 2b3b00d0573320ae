const DAY = /^\d{4}-\d\d-\d\d$/
const DAY_MS = 86_400_000
/** A year, and a day for the leap. */
export const MOST_REPORT_DAYS = 366
/** What a report is of where nobody says: the last days, today among them. */
const USUAL_DAYS = 30
const LONGEST_NAME = 127

/** As the address holds them: '' where it says nothing. `vault` is a connection's id, or a vault's name in its log. */
export interface ReportFields {
  vault: string
  key: string
  from: string
  to: string
}

/** One key of one vault in whole days (UTC), both of them included. */
export interface ReportRequest extends ReportFields {
  /** First and last moment. */
  since: Date
  until: Date
}

export type ReportAsked =
  | { kind: 'asked'; request: ReportRequest }
  /** Nothing was asked yet, or something is wrong with it: sentences by field. */
  | { kind: 'form'; fields: ReportFields; problems: Partial<Record<keyof ReportFields, string>> }

/** What a report is asked of. Before anything was said nothing is wrong yet: the form is shown, with the usual period. */
export function readReportRequest(given: ReportFields, now: Date): ReportAsked {
  const isSaid = Object.values(given).some((value) => value !== '')
  const isBegun = given.vault !== '' && given.key !== ''
  const fields = { ...given, ...periodOf(given, now) }
  const [since, until] = [dayStart(fields.from), dayStart(fields.to)]
  const problems: Partial<Record<keyof ReportFields, string>> = {}
  if (given.vault === '' && isSaid) problems.vault = 'Choose the vault that the key is in.'
  if (given.key === '' && isSaid) problems.key = 'Give the key’s name, as it stands in the vault.'
  if (given.key.length > LONGEST_NAME) problems.key = `A key’s name has at most ${LONGEST_NAME} characters.`
  if (!since) problems.from = 'Give a day that exists, as in 2026-11-01.'
  if (!until) problems.to = 'Give a day that exists, as in 2026-11-30.'
  if (since && until) Object.assign(problems, periodProblems(since, until))
  if (!since || !until || !isBegun || Object.keys(problems).length > 0) return { kind: 'form', fields, problems }
  return { kind: 'asked', request: { ...fields, since, until: new Date(until.getTime() + DAY_MS - 1) } }
}

function periodOf({ from, to }: ReportFields, now: Date): Pick<ReportFields, 'from' | 'to'> {
  const end = to === '' ? now : (dayStart(to) ?? now)
  const start = new Date(end.getTime() - (USUAL_DAYS - 1) * DAY_MS)
  return { from: from === '' ? dayOf(start) : from, to: to === '' ? dayOf(now) : to }
}

function periodProblems(since: Date, until: Date): Partial<Record<'from' | 'to', string>> {
  if (since > until) return { to: 'The last day is before the first one: change one of them.' }
  const days = Math.round((until.getTime() - since.getTime()) / DAY_MS) + 1
  return days > MOST_REPORT_DAYS
    ? { from: `That is ${days.toLocaleString('en')} days: a report has at most ${MOST_REPORT_DAYS}. Make several.` }
    : {}
}

function dayStart(day: string): Date | undefined {
  const at = new Date(`${day}T00:00:00.000Z`)
  return DAY.test(day) && !Number.isNaN(at.getTime()) && dayOf(at) === day ? at : undefined
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
