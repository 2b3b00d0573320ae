import { PageStep, PageSteps } from './page-steps'

type OlderNewerProps = {
  /** undefined: there are none on that side. */
  newest: string | undefined
  newer: string | undefined
  older: string | undefined
  /** Such as "50 of 1,204,003 releases". */
  summary: string
}

/** Steps through a list that has no page numbers, because it grows at its head, as links: the back button works. */
export function OlderNewer({ newest, newer, older, summary }: OlderNewerProps) {
  return (
    <PageSteps summary={summary}>
      {newer || older ? (
        <>
          <PageStep href={newest}>Newest</PageStep>
          <PageStep href={newer}>Newer</PageStep>
          <PageStep href={older}>Older</PageStep>
        </>
      ) : null}
    </PageSteps>
  )
}
