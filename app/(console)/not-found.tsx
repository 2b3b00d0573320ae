import type { Metadata } from 'next'
import { NoSuchPage } from '@/components/layout/no-such-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFoundPage() {
  return <NoSuchPage />
}
