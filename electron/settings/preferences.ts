import { z } from 'zod';
import type { Preferences } from '../ipc/application-messages.ts';

const absent: Preferences = { theme: 'system', engine: 'utility', processors: null, autosave: false, reducedMotion: 'system' };

/** A member that is missing or not understood takes its default: an older or newer version may have written the file. */
export const preferencesSchema: z.ZodType<Preferences> = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch(absent.theme),
  engine: z.enum(['utility', 'main']).catch(absent.engine),
  processors: z.int().positive().nullable().catch(absent.processors),
  autosave: z.boolean().catch(absent.autosave),
  reducedMotion: z.enum(['system', 'on', 'off']).catch(absent.reducedMotion),
});

export const defaultPreferences = absent;
