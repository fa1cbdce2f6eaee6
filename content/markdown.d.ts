/** Read as text at build (next.config.mjs). */
declare module '*.md' {
  const text: string;
  export default text;
}
