/** The container that Azure Monitor makes for audit events. */
export const auditContainer = 'insights-logs-auditevent'

/** Where a record of this moment lies below the container: one file an hour and vault. Month and minute are both spelled `m=`. */
export function recordPath(resourceId: string, ms: number): string {
  const [, year, month, day, hour] = /^(\d+)-(\d\d)-(\d\d)T(\d\d)/.exec(new Date(ms).toISOString()) ?? []
  return `resourceId=${resourceId.toUpperCase()}/y=${year}/m=${month}/d=${day}/h=${hour}/m=00/PT1H.json`
}
