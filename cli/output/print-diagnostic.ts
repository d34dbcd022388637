import type { Diagnostic, Where } from '../../core/diagnostics/diagnostic.ts';
import { printPath } from '../../core/document/value-path.ts';

/** The members of a diagnostic that `--json` prints. */
export interface PrintedDiagnostic {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly where: Where;
  readonly message: string;
}

export function diagnosticAsJson({ code, severity, where, message }: Diagnostic): PrintedDiagnostic {
  return { code, severity, where, message };
}

/** A diagnostic for a person: its place, its sentence, and a line for each mend that is known. */
export function diagnosticAsLines(diagnostic: Diagnostic): readonly string[] {
  const place = placeInWords(diagnostic.where);
  const isSaidAnyway = diagnostic.message.startsWith(place);
  const head = isSaidAnyway ? diagnostic.severity : `${diagnostic.severity} at ${place}`;
  return [`${head}: ${diagnostic.message}`, ...diagnostic.repairs.map((repair) => `  mend: ${repair.title}`)];
}

function placeInWords(where: Where): string {
  switch (where.kind) {
    case 'project':
      return '';
    case 'node':
      return [where.node, where.port, where.parameter].filter((part) => part !== undefined).join('.');
    case 'wire':
      return where.wire;
    case 'file':
      return [where.file, where.line].filter((part) => part !== undefined).join(':');
    case 'value':
      return printPath(where.path);
    case 'option':
      return where.option;
    case 'run':
      return where.directory ?? '';
  }
}
