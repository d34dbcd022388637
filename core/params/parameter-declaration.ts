/** What the inspector, the file and the command line need to know of a parameter. Shared by all kinds. */
interface DeclarationFacts {
  readonly label: string;
  /** One sentence, in the second person where it advises: shown as help. */
  readonly doc: string;
  /** Rarely changed: shown behind a fold. */
  readonly group?: 'advanced';
  /** It means something only while another parameter has this value. */
  readonly onlyWhen?: { readonly parameter: string; readonly is: string | number | boolean };
}

export interface IntegerDeclaration extends DeclarationFacts {
  readonly kind: 'integer';
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

export interface OptionalIntegerDeclaration extends DeclarationFacts {
  readonly kind: 'optional-integer';
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number | null;
}

export interface RealDeclaration extends DeclarationFacts {
  readonly kind: 'real';
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

export interface SwitchDeclaration extends DeclarationFacts {
  readonly kind: 'switch';
  readonly default: boolean;
}

export interface ChoiceDeclaration<Option extends string = string> extends DeclarationFacts {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  readonly default: Option;
}

export interface TextDeclaration extends DeclarationFacts {
  readonly kind: 'text';
  readonly default: string;
}

/** Names of columns; null means all that are numeric. */
export interface ColumnsDeclaration extends DeclarationFacts {
  readonly kind: 'columns';
  /** What is named instead of numeric columns: labels that are numbers, labels that name classes, columns of words of a file. */
  readonly of?: 'numbers' | 'classes' | 'words';
  /** Where null means none instead of all. */
  readonly isNoneByDefault?: true;
  readonly default: readonly string[] | null;
}

/** A list of numbers, one for each of something that the node counts; null means none. */
export interface NumbersDeclaration extends DeclarationFacts {
  readonly kind: 'numbers';
  /** Of each number. */
  readonly minimum: number;
  readonly maximum: number;
  readonly default: readonly number[] | null;
}

/** What an import noted of something that Unroll does not have, a line a fact: shown and kept, not edited. */
export interface FactsDeclaration extends DeclarationFacts {
  readonly kind: 'facts';
  readonly default: readonly string[];
}

export type ParameterDeclaration =
  | IntegerDeclaration
  | OptionalIntegerDeclaration
  | RealDeclaration
  | SwitchDeclaration
  | ChoiceDeclaration
  | TextDeclaration
  | ColumnsDeclaration
  | NumbersDeclaration
  | FactsDeclaration;

export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;

type ValueOf<Declaration extends ParameterDeclaration> = Declaration extends { readonly kind: 'integer' | 'real' }
  ? number
  : Declaration extends { readonly kind: 'optional-integer' }
    ? number | null
    : Declaration extends { readonly kind: 'switch' }
      ? boolean
      : Declaration extends ChoiceDeclaration<infer Option>
        ? Option
        : Declaration extends { readonly kind: 'columns' }
          ? readonly string[] | null
          : Declaration extends { readonly kind: 'numbers' }
            ? readonly number[] | null
            : Declaration extends { readonly kind: 'facts' }
              ? readonly string[]
              : string;

/** The typed parameters that a set of declarations promises, once parsed. */
export type ParametersOf<Declarations extends ParameterDeclarations> = {
  readonly [Name in keyof Declarations]: ValueOf<Declarations[Name]>;
};

/** Parsed parameters whose declarations are not known to the type checker. */
export type ParsedParameters = ParametersOf<ParameterDeclarations>;
