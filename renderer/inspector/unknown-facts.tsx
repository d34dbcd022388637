import { printCount } from '../../core/diagnostics/phrases.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { NamedParameter } from '../../core/drawing/relevant-parameters.ts';

/** What an import has noted of a layer that Unroll does not have: to be read, not to be changed. */
export function UnknownFacts({ parameters }: { readonly parameters: readonly NamedParameter[] }): React.JSX.Element {
  const plain = parameters.filter(({ declaration, value }) => declaration.kind !== 'facts' && value !== null && value !== '');
  const configuration = parameters.find(({ declaration }) => declaration.kind === 'facts');
  return (
    <section className="inspector-section selectable" aria-label="What the file says">
      <h3>What the file says</h3>
      <dl className="facts">
        {plain.map(({ name, declaration, value }) => (
          <div key={name} title={declaration.doc}>
            <dt>{declaration.label}</dt>
            <dd>{inWords(value)}</dd>
          </div>
        ))}
      </dl>
      {Array.isArray(configuration?.value) && configuration.value.length > 0 ? (
        <ul className="inspector-facts" aria-label={configuration.declaration.label}>
          {configuration.value.map((line, place) => (
            <li key={place}>{line}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function inWords(value: ParameterValue): string {
  const sizes: readonly (string | number)[] | null = Array.isArray(value) ? (value as readonly (string | number)[]) : null;
  return sizes === null ? String(value) : sizes.map((size) => (typeof size === 'number' ? printCount(size) : size)).join(' × ');
}
