import type { Result } from '../../core/diagnostics/result.ts';
import type { EventName, RequestName } from './channel-names.ts';
import type { ArgumentOf, Events, ValueOf } from './contract.ts';
import type { ProjectHandle } from './project-messages.ts';

type Answer<Name extends RequestName> = Promise<Result<ValueOf<Name>>>;

type Requests = {
  readonly [Name in Exclude<RequestName, 'dropFiles'>]: null extends ArgumentOf<Name> ? () => Answer<Name> : (argument: ArgumentOf<Name>) => Answer<Name>;
};

/**
 * What a window can ask of the app: `window.unroll`. Promises are answered with a Result and do not reject, whatever
 * happens on the other side.
 */
export interface UnrollApi extends Requests {
  /** Files that were dropped on the window; `project` is the one it shows. A CSV file becomes data, a project is opened. */
  readonly dropFiles: (project: ProjectHandle | null, files: readonly DroppedFile[]) => Answer<'dropFiles'>;
  /** Calls the listener with every event of that name; gives the function that ends it. */
  readonly listen: <Name extends EventName>(name: Name, listener: (event: Events[Name]) => void) => () => void;
}

/** A File of the page, as drop events have it. */
export type DroppedFile = { readonly name: string; readonly size: number };

declare global {
  interface Window {
    readonly unroll: UnrollApi;
  }
}
