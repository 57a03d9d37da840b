import type { Lookup } from '#contract/watching.ts'
import { kindOfId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { presentLookup } from '../lookup.ts'
import { findById, findByText } from '../store.ts'
import { fold } from '../words.ts'

/** Enough to choose from; whoever wants all of them searches the list. */
const EACH_MAX = 5

/** What any id of ours or of a gateway, a reference, a label or an e-mail stands for. */
export async function lookup(q: Queryable, scope: Scope, text: string): Promise<Lookup> {
  const typed = text.trim()
  const kind = kindOfId(typed.toLowerCase())
  if (kind !== null) {
    return presentLookup(typed, await findById(q, scope, kind, typed.toLowerCase()))
  }
  const like = `%${fold(typed).replaceAll(/[\\%_]/g, '\\$&')}%`
  return presentLookup(typed, await findByText(q, scope, typed, like, EACH_MAX))
}
