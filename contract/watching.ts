import { type Static, Type } from 'typebox'
import { Actor, Payment } from './payments.ts'
import { idOf, Mode, Money, NullableText, nullable, Timestamp } from './shapes.ts'

export const GatewayEvent = Type.Object(
  {
    id: idOf('gev', 'An incoming notice, stored raw before it is used'),
    object: Type.Literal('gateway_event'),
    mode: Mode,
    gateway: Type.String(),
    gateway_account_id: Type.String(),
    type: Type.String(),
    status: {
      ...Type.String(),
      description: 'waiting, applied, duplicate (nothing new), parked (see reason) or refused.',
    },
    verdict: { ...Type.String(), description: 'verified, or why not: signature_wrong, …' },
    reason: NullableText,
    object_ref: NullableText,
    payment_id: NullableText,
    transaction_id: NullableText,
    changed: Type.Array(Type.String()),
    deliveries: { ...Type.Integer(), description: 'How often the same event arrived.' },
    received_at: Timestamp,
    applied_at: nullable(Timestamp),
    body: Type.Optional(
      nullable(Type.String({ description: 'The raw bytes as text; detail only.' })),
    ),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { $id: 'GatewayEvent' },
)
export type GatewayEvent = Static<typeof GatewayEvent>

export const Event = Type.Object(
  {
    id: idOf('evt', 'A fact we announce'),
    object: Type.Literal('event'),
    mode: Mode,
    type: { ...Type.String(), description: 'Dotted, e.g. `payment.succeeded`.' },
    object_id: Type.String(),
    object_version: Type.Integer(),
    data: Type.Record(Type.String(), Type.Unknown()),
    created_at: Timestamp,
  },
  { $id: 'Event' },
)
export type Event = Static<typeof Event>

export const Lookup = Type.Object(
  {
    object: Type.Literal('lookup'),
    query: Type.String(),
    matches: Type.Array(
      Type.Object({
        type: Type.String(),
        id: Type.String(),
        path: { ...Type.String(), description: 'The page of it in the back office.' },
        title: Type.String(),
        via: {
          ...Type.String(),
          description: 'What matched: id, gateway_ref, session, reference…',
        },
      }),
    ),
  },
  { $id: 'Lookup' },
)
export type Lookup = Static<typeof Lookup>

/** Count and sums of a view: the very numbers an export of it carries. */
export const ListSummary = Type.Object(
  {
    object: Type.Literal('list_summary'),
    count: Type.Integer(),
    sums: Type.Array(
      Type.Object({ currency: Type.String(), count: Type.Integer(), amount: Money }),
    ),
  },
  { $id: 'ListSummary' },
)
export type ListSummary = Static<typeof ListSummary>

/** For an empty list: how many rows each part of the query hides on its own. */
export const HiddenRows = Type.Object(
  {
    object: Type.Literal('hidden_rows'),
    total: {
      ...Type.Integer(),
      description: 'Rows there would be without any filter, at most 10,000.',
    },
    terms: Type.Array(
      Type.Object({
        index: Type.Integer(),
        term: Type.String(),
        rows_without: { ...Type.Integer(), description: 'Rows if only this term were removed.' },
      }),
    ),
  },
  { $id: 'HiddenRows' },
)
export type HiddenRows = Static<typeof HiddenRows>

export const CreateExport = Type.Object(
  {
    list: Type.Literal('payments'),
    q: Type.Optional(Type.String({ maxLength: 2000 })),
    sort: Type.Optional(Type.String({ maxLength: 40 })),
    columns: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 60 })),
    locale: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
    separator: Type.Optional(Type.Union([Type.Literal(','), Type.Literal(';')])),
    bom: Type.Optional(Type.Boolean({ description: 'A UTF-8 mark first, as French Excel wants.' })),
  },
  { additionalProperties: false, $id: 'CreateExport' },
)

export const Export = Type.Object(
  {
    id: idOf('exp', 'A file of exactly one view'),
    object: Type.Literal('export'),
    mode: Mode,
    list: Type.String(),
    status: { ...Type.String(), description: 'waiting, running, done, failed or canceled.' },
    q: Type.String(),
    columns: Type.Array(Type.String()),
    time_zone: Type.String(),
    rows_done: Type.Integer(),
    rows_total: Type.Integer(),
    sums: Type.Array(
      Type.Object({ currency: Type.String(), count: Type.Integer(), amount: Money }),
    ),
    sha256: NullableText,
    bytes: nullable(Type.Integer()),
    file_name: NullableText,
    download_url: NullableText,
    message: NullableText,
    created_by: Actor,
    created_at: Timestamp,
    finished_at: nullable(Timestamp),
  },
  { $id: 'Export' },
)
export type Export = Static<typeof Export>

/** Home: only what needs a person, then today, then the latest payments. */
export const Home = Type.Object(
  {
    object: Type.Literal('home'),
    needs_action: Type.Array(
      Type.Object({
        code: {
          ...Type.String(),
          description: 'partial, overpaid, unknown_outcome, parked_events, …',
        },
        count: Type.Integer(),
        path: Type.String(),
      }),
    ),
    today: Type.Object({
      amounts: Type.Array(
        Type.Object({
          currency: Type.String(),
          amount: Money,
          refunded: Money,
          count: Type.Integer(),
        }),
      ),
      succeeded: Type.Integer(),
      failed: Type.Integer(),
      same_weekday_succeeded: { ...Type.Integer(), description: 'A week ago, up to this hour.' },
    }),
    recent: Type.Array(Payment),
  },
  { $id: 'Home' },
)
export type Home = Static<typeof Home>

/** Test tools: what the sandbox gateway is told to do wrong. */
export const SandboxSwitches = Type.Object(
  {
    object: Type.Literal('sandbox_switches'),
    duplicate_events: {
      ...Type.Integer({ minimum: 0, maximum: 100 }),
      description: 'Extra copies.',
    },
    delay_events_ms: Type.Integer({ minimum: 0, maximum: 600_000 }),
    reorder_events: Type.Boolean(),
    lose_events: Type.Boolean(),
    corrupt_events: Type.Boolean(),
    fail_after_charging: Type.Boolean({ description: 'Answers 500 after the charge is made.' }),
    cut_after_charging: Type.Boolean({ description: 'Cuts the line after the charge is made.' }),
    answer_delay_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
  },
  { $id: 'SandboxSwitches' },
)
export type SandboxSwitches = Static<typeof SandboxSwitches>

export const SandboxSwitchesInput = Type.Object(
  {
    duplicate_events: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    delay_events_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    reorder_events: Type.Optional(Type.Boolean()),
    lose_events: Type.Optional(Type.Boolean()),
    corrupt_events: Type.Optional(Type.Boolean()),
    fail_after_charging: Type.Optional(Type.Boolean()),
    cut_after_charging: Type.Optional(Type.Boolean()),
    answer_delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
  },
  { additionalProperties: false, $id: 'SandboxSwitchesInput' },
)

export const TestCard = Type.Object(
  {
    number: Type.String(),
    result: { ...Type.String(), description: 'A code the interface words: success, declined, …' },
  },
  { $id: 'TestCard' },
)

export const SandboxEvent = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    charge_ref: Type.String(),
    status: Type.String(),
    attempts: Type.Integer(),
    last_answer: NullableText,
    created_at: Timestamp,
  },
  { $id: 'SandboxEvent' },
)
