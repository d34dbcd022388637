import { dataTexts } from './data-texts.ts';
import { documentTexts } from './document-texts.ts';
import { graphTexts } from './graph-texts.ts';
import { importTexts } from './import-texts.ts';
import { pythonTexts } from './python-texts.ts';
import { runTexts } from './run-texts.ts';
import { windowTexts } from './window-texts.ts';
import type { Diagnostic, Repair, Where } from './diagnostic.ts';
import type { DiagnosticText } from './text-table.ts';

/** Every sentence the product says about the user's material, by code. */
export const diagnosticTexts = { ...graphTexts, ...documentTexts, ...dataTexts, ...importTexts, ...pythonTexts, ...runTexts, ...windowTexts } as const;

export type DiagnosticCode = keyof typeof diagnosticTexts;

type FactsOf<Code extends DiagnosticCode> =
  (typeof diagnosticTexts)[Code] extends DiagnosticText<infer Facts> ? Facts : never;

/** Makes the diagnostic `code` at a place, from the facts its sentence needs. */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  where: Where,
  facts: FactsOf<Code>,
  repairs: readonly Repair[] = [],
): Diagnostic {
  const row = diagnosticTexts[code] as DiagnosticText<FactsOf<Code>>;
  return { code, severity: row.severity, where, message: row.message(facts), repairs };
}
