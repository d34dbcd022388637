import { launchApp } from '../../test/end-to-end/support/app-driver.ts';
import { close } from './training.ts';

const watchedMilliseconds = 3_000;

/** How many times a second the loss chart changes on the screen while a network trains: frames in which one of its canvases was drawn on. */
export async function measureChartUpdates(): Promise<number> {
  const app = await launchApp();
  try {
    await app.openTemplate('Sequence to sequence');
    await app.page.getByText('Engine is starting').waitFor({ state: 'hidden' });
    await app.setEpochs(200);
    await app.train();
    await app.epochsEnded(1);
    const frames = await app.page.evaluate<number>(
      `new Promise((resolve) => {
        const { stroke } = CanvasRenderingContext2D.prototype;
        let frames = 0;
        let isCounted = false;
        CanvasRenderingContext2D.prototype.stroke = function (...path) {
          if (!isCounted && this.canvas.closest('.line-chart-plot') !== null) {
            isCounted = true;
            frames += 1;
            requestAnimationFrame(() => { isCounted = false; });
          }
          return stroke.apply(this, path);
        };
        setTimeout(() => resolve(frames), ${watchedMilliseconds});
      })`,
    );
    return (frames * 1_000) / watchedMilliseconds;
  } finally {
    await close(app);
  }
}
