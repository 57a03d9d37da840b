import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiFault } from './api/fault.ts'
import { newQueryClient } from './api/read.ts'
import { startLanguage } from './i18n/language.ts'
import { paths } from './paths.ts'
import { newRouter } from './routes.tsx'
import { THEME } from './ui/mantine.ts'
import { meQuery } from './ui/session.tsx'

const client = newQueryClient()
const router = newRouter(client)

const isSignIn = (pathname: string): boolean => pathname === paths.signIn

/**
 * A session that ended while a page was open: sign in again, and come back to that page. Who is
 * here is asked by the routes themselves, which know where to send whom.
 */
function leaveOnSignOut(): void {
  client.getQueryCache().subscribe(({ query }) => {
    const fault = query.state.error
    const { pathname, href } = router.state.location
    if (!(fault instanceof ApiFault) || fault.status !== 401) return
    if (isSignIn(pathname) || query.queryKey[0] === meQuery.queryKey[0]) return
    void router.navigate({ to: '/sign-in', search: { next: href } }).then(() => client.clear())
  })
}

async function start(): Promise<void> {
  const place = document.getElementById('root')
  if (place === null) return
  // Asked at once, beside the language: the first page waits for both.
  if (!isSignIn(location.pathname)) void client.prefetchQuery(meQuery)
  await startLanguage()
  leaveOnSignOut()
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={THEME}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
