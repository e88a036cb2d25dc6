/** Made by scripts/reference/plugin.ts. */
declare module 'virtual:strata-reference' {
  const reference: import('./reference.ts').Reference;
  export default reference;
}
