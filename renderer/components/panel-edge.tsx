import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

interface PanelEdgeProps {
  readonly label: string;
  /** On which side of its panel the edge lies. */
  readonly side: 'top' | 'left' | 'right';
  /** Of the panel, across the edge, in pixels. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly onSize: (size: number) => void;
}

const keyStep = 24;

/** The edge of a panel: dragged, or moved by arrow keys. */
export function PanelEdge({ label, side, size, least, most, onSize }: PanelEdgeProps): React.JSX.Element {
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const isLevel = side === 'top';
  const [growing, shrinking] = isLevel ? (['ArrowUp', 'ArrowDown'] as const) : side === 'left' ? (['ArrowLeft', 'ArrowRight'] as const) : (['ArrowRight', 'ArrowLeft'] as const);
  const along = ({ clientX, clientY }: PointerEvent): number => (isLevel ? -clientY : side === 'left' ? -clientX : clientX);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== growing && event.key !== shrinking) return;
    event.preventDefault();
    event.stopPropagation();
    onSize(size + (event.key === growing ? keyStep : -keyStep));
  };
  return (
    <div
      className={`panel-edge panel-edge-${side}`}
      role="separator"
      aria-label={label}
      aria-orientation={isLevel ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: along(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onSize(start.current.size + along(event) - start.current.at);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
