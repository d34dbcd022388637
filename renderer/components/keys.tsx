/** Keys to press, as text such as "Ctrl+Shift+Z"; alternatives are separated by " or ". */
export function Keys({ keys }: { readonly keys: string }): React.JSX.Element {
  return (
    <span className="keys">
      {keys.split(' or ').map((alternative, index) => (
        <span key={alternative}>
          {index === 0 ? null : <span className="keys-or"> or </span>}
          {alternative.split(/(?<=.)\+/).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
