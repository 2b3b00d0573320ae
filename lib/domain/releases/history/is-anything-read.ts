import type { ReleaseReport } from './report-views'

type Told = Pick<ReleaseReport, 'isOpen' | 'logNames'> & {
  reading: Pick<ReleaseReport['reading'], 'spans' | 'withoutFiles' | 'filesWithoutHour'>
}

/** false: no log tells of this period, so that none of anything means nothing. Of one that is not over an hour may be half read. */
export function isAnythingRead({
  reading: { spans, withoutFiles, filesWithoutHour },
  isOpen,
  logNames,
}: Told): boolean {
  return (
    withoutFiles.length + filesWithoutHour > 0 ||
    spans.some(({ kind }) => kind === 'read') ||
    (isOpen && logNames.length > 0)
  )
}
