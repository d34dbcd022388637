import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';

const page = new URL('../../docs/performance.md', import.meta.url);

/** Puts texts between their marks in docs/performance.md. A page without the mark is an error. */
export function writeSections(sections: Readonly<Record<string, string>>): void {
  let text = readFileSync(page, 'utf8');
  for (const [name, content] of Object.entries(sections)) {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`docs/performance.md has no place for the ${name}`);
    text = `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
  }
  writeFileSync(page, text);
}

export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** 'Measured in November 2026 on 2 cores of AMD EPYC' */
export function measuredHere(): string {
  const processor = os.cpus()[0]?.model.trim() ?? 'an unknown processor';
  const month = new Date().toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `Measured in ${month} on ${os.availableParallelism()} cores of ${processor}`;
}
