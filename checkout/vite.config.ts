import { defineConfig } from 'vite'

/** The only files a hosted page loads: one stylesheet and one island, named by their content. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/checkout/assets/',
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: '',
    manifest: true,
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: {
      input: ['islands/live.ts', 'styles/checkout.css'],
    },
  },
})
