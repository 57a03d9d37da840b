import { createHash } from 'node:crypto'
import type { Actor } from '#server/kernel/scope.ts'
import { presentCustomer } from '#server/records/customers/index.ts'
import { idsFrom, makeDice } from './dice.ts'
import type { AuditLine, EventLine, Leaves, NoticeLine } from './leaves.ts'
import type { Customer } from './people.ts'
import type { Row, TableName } from './store.ts'
import type { Stage } from './story.ts'

const actorColumns = ({ kind, id, name }: Actor, prefix: 'actor' | 'created_by') => ({
  [`${prefix}_kind`]: kind,
  [`${prefix}_id`]: id,
  [`${prefix}_name`]: name,
})

const eventRow = (line: EventLine): Row => ({
  ...actorColumns(line.actor, 'actor'),
  id: line.id,
  type: line.type,
  object_id: line.objectId,
  object_version: line.objectVersion,
  payment_id: line.paymentId,
  data: line.data,
  created_at: new Date(line.at_ms),
})

const auditRow = (line: AuditLine): Row => ({
  ...actorColumns(line.actor, 'actor'),
  id: line.id,
  at_us: BigInt(line.at_ms) * 1000n,
  action: line.action,
  object_id: line.objectId,
  reason: line.reason,
  changes: line.changes ?? {},
  request_id: line.requestId,
  ip: line.ip,
})

function noticeRow(line: NoticeLine): Row {
  const body = Buffer.from(line.body ?? '')
  const at = new Date(line.at_ms)
  const genuine = line.verdict === 'verified'
  return {
    ...line,
    body: line.body === null ? null : body,
    body_sha256: createHash('sha256').update(body).digest(),
    headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
    gateway_created_at: genuine ? new Date(line.at_ms - 200) : null,
    received_at: at,
    applied_at: genuine ? new Date(line.at_ms + 60) : null,
  }
}

const customerRow = (one: Customer): Row => ({
  ...one,
  created_at: new Date(one.created_ms),
  updated_at: new Date(one.created_ms),
})

/** A customer is made by the shop's program, with an event and an audit entry. */
export function welcome(stage: Stage, customer: Customer, leaves: Leaves): void {
  const { id, created_ms: at_ms } = customer
  const idAt = idsFrom(makeDice(`welcome ${id}`))
  const { merchantId: merchant_id, mode } = stage.scope
  const row = { ...customer, merchant_id, mode, created_at: new Date(at_ms), version: 1 }
  const actor = stage.key
  const told = { objectId: id, objectVersion: 1, paymentId: null, data: presentCustomer(row) }
  const event = { ...told, id: idAt('event', at_ms), type: 'customer.created' }
  const entry = { id: idAt('auditEntry', at_ms), action: 'customer.create', objectId: id }
  leaves.customers.push(customer)
  leaves.events.push({ ...event, actor, at_ms })
  leaves.audits.push({ ...entry, actor, at_ms })
}

/** What stands on its own: it may be written before what came earlier is there. */
export const freeRows = (leaves: Leaves): [TableName, Row[]][] => [
  ['events', leaves.events.map(eventRow)],
  ['audit_entries', leaves.audits.map(auditRow)],
  ['gateway_events', leaves.notices.map(noticeRow)],
]

/** What refers to other rows, in the order in which it may be written. */
export const tiedRows = (leaves: Leaves, { owner }: Stage): [TableName, Row[]][] => [
  ['customers', leaves.customers.map(customerRow)],
  ['wallets', leaves.wallets.map((one) => ({ ...one, created_at: new Date(one.at_ms) }))],
  ['payments', leaves.payments],
  ['transactions', leaves.transactions],
  ['refunds', leaves.refunds],
  [
    'checkout_sessions',
    leaves.sessions.map((one) => ({
      ...one,
      expires_at: new Date(one.expires_ms),
      created_at: new Date(one.at_ms),
    })),
  ],
  [
    'payment_links',
    leaves.links.map(({ row, actor }) => ({ ...row, ...actorColumns(actor, 'created_by') })),
  ],
  [
    'notes',
    leaves.notes.map((one) => ({
      ...one,
      member_id: owner.id,
      author: owner.name,
      created_at: new Date(one.at_ms),
    })),
  ],
]
