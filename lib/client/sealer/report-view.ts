import { NOT_KNOWABLE } from '@/lib/domain/preflight/not-knowable'
import {
  PREFLIGHT_GROUP_TITLES,
  PREFLIGHT_GROUPS,
  type PreflightRow,
  type PreflightVerdict,
} from '@/lib/domain/preflight/report'
import { el } from '../sealer-page/element'
import { heading, notice, paragraph, type Tone } from '../sealer-page/parts'

const VERDICTS: Record<PreflightVerdict, { word: string; kind: string }> = {
  pass: { word: 'Passed', kind: 'good' },
  warn: { word: 'Warning', kind: 'attention' },
  fail: { word: 'Failed', kind: 'danger' },
  pending: { word: 'Waiting', kind: 'waiting' },
}

/** The report of preflight's rows: the sum in one sentence, then each check by its group. */
export function reportView(rows: readonly PreflightRow[]): HTMLElement {
  const groups = PREFLIGHT_GROUPS.map((group) => ({ group, own: rows.filter((row) => row.group === group) }))
  return el(
    'div',
    {},
    sum(rows),
    ...groups.flatMap(({ group, own }) =>
      own.length === 0
        ? []
        : [heading('h3', PREFLIGHT_GROUP_TITLES[group]), el('ul', { class: 'report' }, ...own.map(rowView))],
    ),
    el(
      'details',
      {},
      el('summary', {}, 'What no check can tell before the upload'),
      el('ul', {}, ...NOT_KNOWABLE.map(({ title, why }) => el('li', {}, el('strong', {}, `${title}. `), why))),
    ),
  )
}

function sum(rows: readonly PreflightRow[]): HTMLElement {
  const count = (verdict: PreflightVerdict) => rows.filter((row) => row.verdict === verdict).length
  const [failed, warned, waiting] = [count('fail'), count('warn'), count('pending')]
  const words = [
    `${count('pass')} of ${rows.length} checks passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warned > 0 ? [`${warned} with a warning`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ]
  const tone: Tone = failed > 0 ? 'danger' : warned > 0 ? 'attention' : waiting > 0 ? 'information' : 'good'
  const after = 'Vault, name, KEK’s state and permissions are checked by the console, when the blob is imported.'
  return notice(tone, `${words.join(', ')}.`, paragraph(after))
}

function rowView({ verdict, title, fact, remedy }: PreflightRow): HTMLElement {
  const { word, kind } = VERDICTS[verdict]
  return el(
    'li',
    { class: kind },
    el('span', { class: 'verdict' }, word),
    el('div', {}, el('strong', {}, title), el('p', {}, fact, remedy ? ` ${remedy}` : null)),
  )
}
