/** TypeScript 5.9: its classic API reads syntax trees; the project itself is checked with 7. */
export { default as ts } from 'typescript'
