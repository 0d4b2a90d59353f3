/** Files that the console takes as text. */
declare module '*?raw' {
  const text: string;
  export default text;
}
