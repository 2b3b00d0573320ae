'use client'

import { FailurePage, type FailureProps } from '@/components/layout/failure-page'

export default function ErrorPage(props: FailureProps) {
  return <FailurePage {...props} />
}
