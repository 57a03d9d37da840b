import { type SandboxService, type Switches, TEST_CARDS } from '#gateways/sandbox/index.ts'
import type { SandboxControl } from '#server/outside/test-tools/index.ts'

/**
 * The screen's simple switches over the sandbox's own, each of which may also act a few times only.
 */
export const sandboxControl = (service: SandboxService): SandboxControl => ({
  cards: TEST_CARDS.map((card) => ({ number: card.number, result: card.slug })),
  switches: async (ref) => shown(await service.getSwitches(ref)),
  set: async (ref, input) => {
    const always = { times: 'always' } as const
    const flag = (on: boolean | undefined) => (on === undefined ? {} : on ? always : null)
    const wanted = {
      duplicate_events:
        input.duplicate_events === undefined
          ? undefined
          : input.duplicate_events > 0
            ? { ...always, copies: Math.min(100, input.duplicate_events + 1) }
            : null,
      delay_events: delay(input.delay_events_ms),
      reorder_events:
        input.reorder_events === undefined
          ? undefined
          : input.reorder_events
            ? { ...always, group: 4 }
            : null,
      lose_events: unlessNamed(input.lose_events, flag),
      corrupt_events:
        input.corrupt_events === undefined
          ? undefined
          : input.corrupt_events
            ? ({ ...always, part: 'signature' } as const)
            : null,
      error_after_charge: unlessNamed(input.fail_after_charging, flag),
      cut_after_charge: unlessNamed(input.cut_after_charging, flag),
      slow_answers: delay(input.answer_delay_ms),
    }
    const named = Object.entries(wanted).filter(([, value]) => value !== undefined)
    await service.setSwitches(ref, Object.fromEntries(named))
  },
  reset: (ref) => service.resetSwitches(ref),
  events: async (ref) => {
    const events = await service.listEvents(ref, { limit: 50 })
    return events.map((event) => {
      const last = event.deliveries.at(-1)
      return {
        id: event.id,
        type: event.type,
        charge_ref: event.charge_ref,
        status: last?.state ?? 'scheduled',
        attempts: event.deliveries.reduce((sum, one) => sum + one.attempts, 0),
        last_answer: last?.last_answer ?? null,
        created_at: new Date(Number(event.created_ms)).toISOString(),
      }
    })
  },
  resend: (ref, id) => service.resendEvent(ref, id),
})

const delay = (delay_ms: number | undefined) =>
  delay_ms === undefined ? undefined : delay_ms > 0 ? { times: 'always', delay_ms } : null

const unlessNamed = <T>(on: boolean | undefined, flag: (on: boolean | undefined) => T) =>
  on === undefined ? undefined : flag(on)

const shown = (now: Switches) => ({
  object: 'sandbox_switches' as const,
  duplicate_events: now.duplicate_events ? now.duplicate_events.copies - 1 : 0,
  delay_events_ms: now.delay_events?.delay_ms ?? 0,
  reorder_events: now.reorder_events !== undefined,
  lose_events: now.lose_events !== undefined,
  corrupt_events: now.corrupt_events !== undefined,
  fail_after_charging: now.error_after_charge !== undefined,
  cut_after_charging: now.cut_after_charge !== undefined,
  answer_delay_ms: now.slow_answers?.delay_ms ?? 0,
})
