import { create } from 'zustand';

/** Something that only the person can decide; one at a time. */
export type Question =
  /** The window, or only the project, is about to close with work that is not saved or a training under way. */
  | { readonly kind: 'closing'; readonly closes: 'window' | 'project'; readonly unsaved: boolean; readonly training: boolean }
  /** Another program wrote the project's file; nothing here has been saved over it yet. */
  | { readonly kind: 'changed-outside'; readonly unsaved: boolean }
  /** Another program deleted or moved the project's file. */
  | { readonly kind: 'removed-outside' };

export const useQuestion = create<{ readonly question: Question | null }>()(() => ({ question: null }));

export function askQuestion(question: Question): void {
  useQuestion.setState({ question });
}

export function withdrawQuestion(): void {
  useQuestion.setState({ question: null });
}
