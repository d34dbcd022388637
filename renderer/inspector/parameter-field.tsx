import { useDocument, editDocument, endEdit } from '../state/document-store.ts';
import { useShallow } from 'zustand/react/shallow';
import { parseParameterText } from '../../core/params/parse-parameter-text.ts';
import type { ParameterDeclaration } from '../../core/params/parameter-declaration.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { Field, type ControlProps } from '../components/field.tsx';
import { SelectInput, SwitchInput, TextInput } from '../components/inputs.tsx';
import { NumberInput } from '../components/number-input.tsx';
import { Repairs } from '../problems/repairs.tsx';
import { ColumnsInput } from './columns-input.tsx';
import { rangeText } from './range-text.ts';

interface ParameterFieldProps {
  readonly node: NodeId;
  readonly name: string;
  readonly declaration: ParameterDeclaration;
  readonly value: ParameterValue;
}

/**
 * A parameter as its declaration says. What is typed goes into the document as it is, and the checks say what is wrong with
 * it: the same message here, on the node and among the problems.
 */
export function ParameterField({ node, name, declaration, value }: ParameterFieldProps): React.JSX.Element {
  const messages = useDocument(
    useShallow((state) => state.diagnostics.filter(({ where }) => where.kind === 'node' && where.node === node && where.parameter === name)),
  );
  const set = (next: ParameterValue) => editDocument([{ kind: 'set-parameter', node, parameter: name, value: next }], `${node} ${name}`);
  const setOnce = (next: ParameterValue) => {
    set(next);
    endEdit();
  };
  const range = rangeText(declaration);
  return (
    <div data-parameter={name}>
      <Field
        label={declaration.label}
        unit={'unit' in declaration ? declaration.unit : ''}
        help={range === '' ? declaration.doc : `${declaration.doc} ${range}`}
        messages={messages.map(({ severity, message }) => ({ severity, text: message }))}
        inline={declaration.kind === 'switch'}
      >
        {(control) => <Control node={node} control={control} declaration={declaration} value={value} set={set} setOnce={setOnce} />}
      </Field>
      {messages.map((diagnostic) => (
        <Repairs key={diagnostic.message} diagnostic={diagnostic} />
      ))}
    </div>
  );
}

interface ControlOfProps {
  readonly node: NodeId;
  readonly control: ControlProps;
  readonly declaration: ParameterDeclaration;
  readonly value: ParameterValue;
  readonly set: (value: ParameterValue) => void;
  readonly setOnce: (value: ParameterValue) => void;
}

function Control({ node, control, declaration, value, set, setOnce }: ControlOfProps): React.JSX.Element {
  switch (declaration.kind) {
    case 'integer':
    case 'real': {
      const step = declaration.kind === 'integer' ? 1 : realStep(value);
      return (
        <NumberInput
          control={control}
          text={String(value)}
          minimum={declaration.minimum}
          maximum={declaration.maximum}
          {...(step === undefined ? {} : { step })}
          onText={(text) => set(parseParameterText(declaration, text))}
          onLeave={endEdit}
        />
      );
    }
    case 'optional-integer':
      return (
        <NumberInput
          control={control}
          text={value === null ? '' : String(value)}
          minimum={declaration.minimum}
          maximum={declaration.maximum}
          step={1}
          placeholder="none"
          onText={(text) => set(text.trim() === '' ? null : parseParameterText(declaration, text))}
          onLeave={endEdit}
        />
      );
    case 'switch':
      return <SwitchInput control={control} on={value === true} onChange={setOnce} />;
    case 'choice':
      return <SelectInput control={control} value={String(value)} options={declaration.options} onChoose={setOnce} />;
    case 'text':
      return <TextInput control={control} text={String(value)} onText={set} onLeave={endEdit} />;
    case 'numbers':
      return (
        <TextInput
          control={control}
          text={Array.isArray(value) ? value.join(', ') : value === null ? '' : String(value)}
          onText={(text) => set(text.trim() === '' ? null : parseParameterText(declaration, text))}
          onLeave={endEdit}
        />
      );
    case 'facts':
      return <TextInput control={control} text={Array.isArray(value) ? value.join(', ') : ''} onText={() => undefined} onLeave={endEdit} />;
    case 'columns':
      return <ColumnsInput control={control} node={node} declaration={declaration} value={value} onChange={setOnce} />;
  }
}

/** A tenth of the number's own size. */
function realStep(value: ParameterValue): number | undefined {
  return typeof value === 'number' && value > 0 ? 10 ** (Math.floor(Math.log10(value)) - (value < 1 ? 0 : 1)) : undefined;
}
