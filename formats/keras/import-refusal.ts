import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { ImportLimits } from './import-limits.ts';
import { printJson } from './json-value.ts';

/** Thrown inside the reader where a file is refused; importKeras gives its diagnostic back as a value. */
export class ImportRefusal extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** What every message of a refusal begins with, the file's name and where in it; and what the file may hold. */
export class ImportPlace {
  readonly file: string;
  readonly limits: ImportLimits;

  constructor(file: string, limits: ImportLimits) {
    this.file = file;
    this.limits = limits;
  }

  get where(): { readonly kind: 'file'; readonly file: string } {
    return { kind: 'file', file: this.file };
  }

  value(path: string, expected: string, found: unknown): ImportRefusal {
    return new ImportRefusal(diagnose('import-value', this.where, { file: this.file, path, expected, found: printJson(found) }));
  }

  tooMuch(what: string, found: number, limit: number, unit: string): ImportRefusal {
    return new ImportRefusal(diagnose('import-too-much', this.where, { file: this.file, what, found, limit, unit }));
  }

  inputs(problem: string): ImportRefusal {
    return new ImportRefusal(diagnose('import-inputs', this.where, { file: this.file, problem }));
  }

  code(layer: string, code: string): ImportRefusal {
    return new ImportRefusal(diagnose('import-code', this.where, { file: this.file, layer, code }));
  }

  weights(place: string, problem: string): ImportRefusal {
    return new ImportRefusal(diagnose('import-weights', this.where, { file: this.file, place, problem }));
  }
}
