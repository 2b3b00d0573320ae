import { z } from 'zod'
import type { ReportFields } from '@/lib/domain/releases/history/report-request'
import { urlText } from '../keys/url-list'

const schema = z.object({ vault: urlText, key: urlText, from: urlText, to: urlText })

/** What a report's address says; what is wrong with it is for `readReportRequest` to say. */
export function parseReportUrl(params: Record<string, string | string[] | undefined>): ReportFields {
  return schema.parse(params)
}
