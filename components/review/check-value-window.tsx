import { Banner } from '../ui/banner'

/** Told before an oct key is enabled: its check value can only be asked of an enabled key. */
export function CheckValueWindow() {
  return (
    <Banner tone="attention" title="Comparing a symmetric key opens a short window.">
      A vault tells a check value of an enabled key only. So this exact version is enabled for encrypt alone, encrypts
      one zero block, and gets its approved operations only if the first three bytes are equal. Otherwise, or if
      anything is unclear, it is disabled first and the import ends as failed with an alarm. The window is measured and
      recorded.
    </Banner>
  )
}
