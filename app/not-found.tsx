import { NoticePage } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'
import { routes } from '@/lib/routes'

export const metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <NoticePage title="Page not found" actions={<LinkButton href={routes.start()}>Go to the start page</LinkButton>}>
      Nothing is at this address. It may have been typed wrongly, or what it showed may be gone.
    </NoticePage>
  )
}
