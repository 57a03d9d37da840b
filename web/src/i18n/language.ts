import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { initReactI18next } from 'react-i18next'
import { mapWords, typesetFrench } from './typeset.ts'

export type Locale = 'en' | 'fr'

const KEY = 'florin.language'

const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'fr'

/** Each language is one file, and only the one in use is fetched. */
const CATALOGS = {
  en: () => import('./en.ts').then((module) => module.en),
  fr: () => import('./fr.ts').then((module) => mapWords(module.fr, typesetFrench)),
} as const satisfies Record<Locale, unknown>

function chosenLocale(): Locale {
  try {
    const stored = localStorage.getItem(KEY)
    if (isLocale(stored)) return stored
  } catch {
    // Storage may be refused; the browser's own language still says something.
  }
  return navigator.languages.some((language) => language.startsWith('fr')) &&
    !navigator.languages[0]?.startsWith('en')
    ? 'fr'
    : 'en'
}

async function addCatalog(locale: Locale): Promise<void> {
  if (i18next.hasResourceBundle(locale, 'frame')) return
  const catalog = await CATALOGS[locale]()
  for (const [namespace, words] of Object.entries(catalog)) {
    i18next.addResourceBundle(locale, namespace, words)
  }
}

export async function startLanguage(): Promise<void> {
  const locale = chosenLocale()
  await i18next.use(initReactI18next).init({
    lng: locale,
    resources: {},
    defaultNS: 'frame',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await changeLanguage(locale)
}

export async function changeLanguage(locale: Locale): Promise<void> {
  await addCatalog(locale)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

export async function chooseLanguage(locale: Locale): Promise<void> {
  try {
    localStorage.setItem(KEY, locale)
  } catch {
    // The choice then lasts as long as the page.
  }
  await changeLanguage(locale)
}

const subscribe = (changed: () => void) => {
  i18next.on('languageChanged', changed)
  return () => i18next.off('languageChanged', changed)
}
const snapshot = (): Locale => (i18next.language === 'fr' ? 'fr' : 'en')

export const useLocale = (): Locale => useSyncExternalStore(subscribe, snapshot)
