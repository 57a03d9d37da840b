import type { Static } from 'typebox'
import type { CreateExport } from '#contract/watching.ts'
import { ok, type Result } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { type Asked, type ListRefusal, orderOf, PAYMENTS } from '#server/oversight/lists/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { enqueue } from '#server/platform/jobs.ts'
import { announce } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { columnsOf, type ExportRow, presentExport } from '../export.ts'
import type { ExportRefusal } from '../refusals.ts'
import { insertExport, moveExport } from '../store/exports.ts'

export const EXPORT_JOB = 'export.run'

type StartRefusal = ExportRefusal | ListRefusal

/** Freezes what the view showed: filters as of now, order and columns. A job makes the file. */
export async function startExport(
  deps: Deps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  asked: Asked,
  body: Static<typeof CreateExport>,
): Promise<Result<ExportRow, StartRefusal>> {
  const columns = columnsOf(body.columns)
  if (!columns.ok) return columns
  const order = orderOf(PAYMENTS, body.sort)
  if (!order.ok) return order
  const id = deps.newId('export')
  const row = await insertExport(tx, scope, {
    id,
    list: body.list,
    request: {
      q: asked.normalised,
      sort: order.value.name,
      columns: columns.value,
      locale: body.locale ?? null,
      separator: body.separator ?? ',',
      bom: body.bom ?? false,
    },
    time_zone: asked.timeZone,
    created_by_kind: actor.kind,
    created_by_id: actor.id,
    created_by_name: actor.name,
    created_at: new Date(asked.now_ms),
  })
  await enqueue(tx, deps.newId, scope, [{ kind: EXPORT_JOB, key: id }])
  await tell(deps, tx, scope, actor, 'export.created', row)
  return ok(row)
}

/** An export's own events, so that whoever waits for it hears at once. */
export const tell = (
  deps: Deps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  type: string,
  row: ExportRow,
): Promise<void> => {
  const event = { type, objectId: row.id, objectVersion: 1, paymentId: null }
  return announce(tx, deps.newId, scope, actor, [{ ...event, data: presentExport(row) }])
}

/** Stops an export that has not ended; whoever makes its file sees it within a second. */
export async function cancelExport(
  deps: Deps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<ExportRow | undefined> {
  const row = await moveExport(tx, scope, id, 'cancel')
  if (row) await tell(deps, tx, scope, actor, 'export.canceled', row)
  return row
}

/** Begins the same file again, as of the same moment. */
export async function resumeExport(
  deps: Deps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<ExportRow | undefined> {
  const row = await moveExport(tx, scope, id, 'resume')
  if (!row) return undefined
  await enqueue(tx, deps.newId, scope, [{ kind: EXPORT_JOB, key: id }])
  await tell(deps, tx, scope, actor, 'export.resumed', row)
  return row
}
