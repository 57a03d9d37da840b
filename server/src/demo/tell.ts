import { type Actor, PAYER } from '#server/kernel/scope.ts'
import type { Play } from './acts.ts'
import { begin, type Wish } from './begin.ts'
import { note } from './by-hand.ts'
import { HOUR_MS, MINUTE_MS } from './calendar.ts'
import { type Dice, idsFrom } from './dice.ts'
import { type GatewayName, HABITS, isGateway, type Till, tillOf } from './gateways.ts'
import { keep } from './keep.ts'
import type { Leaves } from './leaves.ts'
import { makeLink, tieLink } from './links.ts'
import { strayNotice } from './notices.ts'
import { type Customer, type Person, personOf, regularAt } from './people.ts'
import { type Cue, playCue, plotOf, plotsFor } from './plots.ts'
import { amountOf, describe, referenceOf, type Ware } from './prices.ts'
import type { Scene, Script } from './script.ts'
import { type Stage, type Story, wait } from './story.ts'

/** One notice in so many payments is forged or astray. */
const STRAY_EVERY = 240
const NOTES_PERCENT = 1.2

/** One story from its beginning to the end of time, by dice of its own. */
export function tell(stage: Stage, script: Script, number: number, leaves: Leaves): void {
  const scene = script.scenes[number]
  if (!scene) return
  const dice = script.dice.of(`story ${number}`)
  const idAt = idsFrom(dice)
  const payer = payerOf(script, scene, dice)
  const till = tillFor(stage, scene, payer.currency, dice)
  const wish = wishOf(stage, scene, number, payer, till, dice)
  const cue = isGateway(till) ? cueOf(stage, script, scene, till, wish, dice) : null
  const link = wish.purpose === 'link' ? makeLink(stage, leaves, dice, idAt, wish) : null
  const asked = link ? { ...wish, link_id: link.id } : wish
  const story = begin(
    stage,
    leaves,
    dice,
    idAt,
    asked,
    cue ? plotOf(cue.plot).expiry_ms : undefined,
  )
  if (cue && isGateway(till)) playCue(story, playOf(till, payer.person, dice), cue)
  if (link) tieLink(link, story)
  if (dice.chance(NOTES_PERCENT)) annotate(story, payer.person)
  if (number % STRAY_EVERY === STRAY_EVERY - 1) strayNotice(story, Math.floor(number / STRAY_EVERY))
  keep(story)
}

type Payer = {
  readonly person: Person
  readonly customer: Customer | null
  readonly currency: string
}

/** Who comes back and who buys once; a roll call is answered in euros, taken by every gateway. */
function payerOf(script: Script, scene: Scene, dice: Dice): Payer {
  const customer = dice.chance(62) ? regularAt(script.customers, scene.at_ms, dice) : undefined
  const person = customer ?? personOf(dice)
  const euros = scene.cue !== null || dice.chance(5)
  return { person, customer: customer ?? null, currency: euros ? 'EUR' : person.currency }
}

function tillFor(stage: Stage, { cue }: Scene, currency: string, dice: Dice): Till {
  const sandbox = stage.accounts.sandbox !== undefined
  if (!cue) return tillOf(currency, sandbox, dice)
  const able = plotOf(cue.plot).gateways?.filter((name) => stage.accounts[name] !== undefined)
  return able ? dice.pick(able) : sandbox ? 'sandbox' : 'stripe'
}

/** What is bought: those who are known also pay in for later. */
const wareOf = (payer: Payer, dice: Dice): Ware =>
  dice.draw([
    [payer.customer ? 42 : 0, 'top_up'],
    [18, 'plan'],
    [32, 'basket'],
    [8, 'invoice'],
  ] as const)

function wishOf(
  stage: Stage,
  scene: Scene,
  number: number,
  payer: Payer,
  till: Till,
  dice: Dice,
): Wish {
  const { person, customer, currency } = payer
  const ware = wareOf(payer, dice)
  const { locale } = person
  const unattended = scene.cue !== null && plotOf(scene.cue.plot).unattended === true
  const way = isGateway(till) ? wayOf(ware, unattended, dice) : 'dashboard'
  const actors: Readonly<Record<typeof way, Actor>> = {
    api: stage.key,
    link: PAYER,
    checkout: stage.owner,
    dashboard: stage.owner,
  }
  return {
    at_ms: scene.at_ms,
    person,
    customer_id: customer?.id ?? null,
    shop_id: dice.draw(stage.shops.map((id, at) => [[55, 30, 15][at] ?? 10, id] as const)),
    purpose: way === 'link' ? 'link' : ware === 'top_up' ? 'top_up' : 'api',
    source: way,
    actor: actors[way],
    currency,
    amount: amountOf(ware, currency, dice),
    reference: referenceOf(ware, locale, new Date(scene.at_ms).getUTCFullYear(), number + 1),
    description: describe(ware, locale, dice),
    link_id: null,
    metadata: dice.chance(30) ? { channel: dice.pick(['web', 'mobile', 'phone']) } : {},
    ...(isGateway(till) ? {} : { recorded: { method: till, reason: IN_HAND[till][locale] } }),
  }
}

const IN_HAND = {
  cash: { en: 'Paid in cash at the counter', fr: 'Payé en espèces au comptoir' },
  bank_transfer: { en: 'Transfer received', fr: 'Virement reçu' },
} as const

const wayOf = (ware: Ware, unattended: boolean, dice: Dice) =>
  unattended
    ? 'api'
    : dice.draw([
        [ware === 'invoice' ? 40 : 86, 'api'],
        [ware === 'top_up' ? 0 : ware === 'invoice' ? 50 : 6, 'link'],
        [5, 'checkout'],
        [3, 'dashboard'],
      ] as const)

/** Those whose network is down in the outage. */
const BY_CARD: readonly GatewayName[] = ['sandbox', 'stripe']

function cueOf(
  stage: Stage,
  script: Script,
  scene: Scene,
  gateway: GatewayName,
  wish: Wish,
  dice: Dice,
): Cue {
  if (scene.cue) return scene.cue
  if (BY_CARD.includes(gateway) && script.isDown(scene.at_ms) && dice.chance(85)) {
    return { plot: 'unreachable' }
  }
  const age_ms = stage.until_ms - scene.at_ms
  return { plot: dice.draw(plotsFor(age_ms, gateway, wish.source !== 'api')) }
}

const BRANDS = [
  [52, 'visa'],
  [40, 'mastercard'],
  [8, 'amex'],
] as const

function playOf(gateway: GatewayName, person: Person, dice: Dice): Play {
  const method = dice.pick(HABITS[gateway].methods).slug
  const byCard = method.startsWith('card')
  const card = byCard ? { brand: dice.draw(BRANDS), last4: dice.text('0123456789', 4) } : null
  return { gateway, method, card, country: person.country }
}

const NOTES = {
  en: [
    'Called the customer: a new card is on its way.',
    'Invoice sent again by e-mail.',
    'Asked for a receipt in the company’s name.',
    'Delivery was late; keep an eye on this one.',
  ],
  fr: [
    'Client rappelé : nouvelle carte en route.',
    'Facture renvoyée par courriel.',
    'Reçu demandé au nom de la société.',
    'Livraison en retard, à suivre.',
  ],
} as const

function annotate(story: Story, { locale }: Person): void {
  wait(story, MINUTE_MS, 5 * HOUR_MS)
  note(story, story.dice.pick(NOTES[locale]))
}
