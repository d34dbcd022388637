import { z } from 'zod';

/** Of a window as it was left, in pixels of the screen. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const leastWindowSize = { width: 640, height: 480 } as const;
export const usualWindowSize: WindowSize = { width: 1440, height: 900, maximized: false };

export const windowSizeSchema: z.ZodType<WindowSize> = z.object({
  width: z.int().min(leastWindowSize.width).max(20_000),
  height: z.int().min(leastWindowSize.height).max(20_000),
  maximized: z.boolean(),
});
