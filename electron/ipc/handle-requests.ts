import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { requestNames } from './channel-names.ts';
import type { RequestName } from './channel-names.ts';
import { requestChannel } from './channels.ts';
import { requests } from './contract.ts';
import type { ArgumentOf, ValueOf } from './contract.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** What the main process does for a window, by request. */
export type Handlers<Sender> = {
  readonly [Name in RequestName]: (argument: ArgumentOf<Name>, sender: Sender) => Result<ValueOf<Name>> | Promise<Result<ValueOf<Name>>>;
};

/**
 * The one door for requests: checks who asks and what was given, then answers with a Result. A handler that throws is a
 * programming error: it is reported, and the window hears of it in words.
 */
export function handleRequests<Sender>(
  handlers: Handlers<Sender>,
  findSender: (contents: WebContents) => Sender | undefined,
  report: (error: unknown, request: RequestName) => void,
): void {
  for (const name of requestNames) {
    ipcMain.handle(requestChannel(name), (event, argument: unknown) => answer(name, event, argument));
  }

  async function answer(name: RequestName, event: IpcMainInvokeEvent, argument: unknown): Promise<Result<unknown>> {
    const sender = isTrustedSender(event) ? findSender(event.sender) : undefined;
    if (sender === undefined) throw new Error(`The request "${name}" came from an unknown sender.`);
    const parsed = requests[name].parser.safeParse(argument);
    if (!parsed.success) return fail(diagnose('request-refused', { kind: 'project' }, { request: name, problem: firstProblem(parsed.error) }));
    const handler = handlers[name] as (argument: unknown, sender: Sender) => Result<unknown> | Promise<Result<unknown>>;
    try {
      return await handler(parsed.data, sender);
    } catch (error) {
      report(error, name);
      return fail(diagnose('request-failed', { kind: 'project' }, { request: name, reason: error instanceof Error ? error.message : String(error) }));
    }
  }
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown' : `${issue.path.map(String).join('.') || 'the argument'}: ${issue.message}`;
}
