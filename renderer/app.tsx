/** The whole window. */
export function App(): React.JSX.Element {
  return <main aria-label="Unroll" />;
}
