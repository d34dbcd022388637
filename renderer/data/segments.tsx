interface SegmentsProps<Option extends string> {
  /** What is chosen, for screen readers. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly titles: Readonly<Record<Option, string>>;
  readonly chosen: Option;
  readonly onChoose: (option: Option) => void;
}

/** A choice between a few, all in sight. */
export function Segments<Option extends string>({ label, options, titles, chosen, onChoose }: SegmentsProps<Option>): React.JSX.Element {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option} type="button" className="segment" aria-pressed={option === chosen} onClick={() => onChoose(option)}>
          {titles[option]}
        </button>
      ))}
    </div>
  );
}
