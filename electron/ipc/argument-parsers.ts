import { z } from 'zod';
import { documentSchema } from '../../core/document/document-schema.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import type { DraftHandle, ProjectHandle, RecentHandle } from './project-messages.ts';
import type { RunHandle } from './run-messages.ts';

const handleText = z.string().regex(/^[a-z]+-[0-9a-f]{1,32}$/);

export const projectHandle = handleText.transform((text) => text as ProjectHandle);
export const draftHandle = handleText.transform((text) => text as DraftHandle);
export const recentHandle = handleText.transform((text) => text as RecentHandle);
export const runHandle = handleText.transform((text) => text as RunHandle);

/** A document as project files hold it; whether its graph makes sense is for the checks to say. */
export const graphDocument: z.ZodType<GraphDocument> = documentSchema;

export const nodeIdentifier = z.string().min(1).max(64).transform(nodeId);

/** A word of ours: the name of a template or a node type. */
export const name = z.string().regex(/^[a-z0-9-]{1,64}$/);

export const count = (most: number) => z.int().min(0).max(most);

export const part = z.enum(['training', 'validation', 'test']);
export const evaluatedPart = z.enum(['validation', 'test']);
