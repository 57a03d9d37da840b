import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { bundleBudget } from './budget.ts'

/** Where `npm start` serves the API while this is developed with `vite web`. */
const SERVER = 'http://127.0.0.1:8080'
const SERVED = ['/v1', '/c', '/l', '/r', '/docs', '/sandbox', '/webhooks', '/openapi.json']

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), bundleBudget()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The page's security policy takes scripts, styles and images from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: Object.fromEntries(SERVED.map((path) => [path, SERVER])) },
})
