import { pageOfId } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'

/** What an event is about, as a link where it has a page. */
export function ObjectLink({ id }: { readonly id: string }) {
  const path = pageOfId(id)
  return path === null ? <code>{shortId(id)}</code> : <Go to={path}>{shortId(id)}</Go>
}
