import { create } from 'zustand';
import type { Diagnostic, Severity } from '../../core/diagnostics/diagnostic.ts';

export interface NoticeAction {
  readonly title: string;
  readonly run: () => void;
}

/** Something said in passing, over the canvas. */
export interface Notice {
  readonly id: number;
  readonly severity: Severity;
  readonly message: string;
  readonly action: NoticeAction | null;
}

interface Notices {
  readonly notices: readonly Notice[];
  /** Notices up to this one wait behind a dialog. */
  readonly covered: number;
}

export const useNotices = create<Notices>()(() => ({ notices: [], covered: 0 }));

/** More would hide the graph that they speak of. */
const mostNotices = 3;
const secondsShown = { note: 8, warning: 15 } as const;
/** In a second, by somebody who also looks at the canvas: long notices stay longer. */
const lettersRead = 15;
let lastId = 0;

/** Says it; a note or a warning leaves by itself, an error stays until it is dismissed. */
export function showNotice(severity: Severity, message: string, action: NoticeAction | null = null): void {
  lastId += 1;
  const id = lastId;
  useNotices.setState(({ notices }) => {
    const others = notices.filter((notice) => notice.message !== message);
    return { notices: [...others, { id, severity, message, action }].slice(-mostNotices) };
  });
  if (severity !== 'error') setTimeout(() => dismissNotice(id), Math.max(secondsShown[severity], message.length / lettersRead) * 1000);
}

/** Says everything that went wrong with a request, or what should be known besides. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) showNotice(diagnostic.severity, diagnostic.message);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** A dialog opens: what was said before waits until it is closed, by the function that is returned. What is said meanwhile lies above it. */
export function coverNotices(): () => void {
  const { covered: before } = useNotices.getState();
  useNotices.setState({ covered: lastId });
  return () => useNotices.setState({ covered: before });
}

/** Those that no dialog covers. */
export function seenNotices({ notices, covered }: Notices): readonly Notice[] {
  return notices.filter(({ id }) => id > covered);
}
