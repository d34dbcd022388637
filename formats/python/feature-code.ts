import type { Model } from '../../core/compile/model.ts';
import type { DateOrder, TableLayout } from '../../core/export/exportable-model.ts';
import { calendarClasses } from '../../core/forecast/calendar.ts';
import { pythonList, pythonString } from './python-text.ts';

/** What of the data follows the columns in each time step of a window, besides masks: numbers of the series, then categories. */
export function featureNames({ data: { labels, categories } }: Pick<Model, 'data'>): readonly string[] {
  return [...labels, ...categories.map(({ name }) => name)];
}

type CalendarName = keyof typeof calendarClasses;

/** Whether a category is told by the dates of a file. A column of its name goes before. */
function isCalendar({ data: { source } }: Pick<Model, 'data'>, name: string, classes: readonly string[]): name is CalendarName {
  if (source.kind !== 'csv' || !source.calendar || source.categoryColumns.includes(name) || !Object.hasOwn(calendarClasses, name)) return false;
  const own: readonly string[] = calendarClasses[name as CalendarName];
  return own.length === classes.length && own.every((word, place) => word === classes[place]);
}

export function usesCalendar(model: Pick<Model, 'data'>): boolean {
  return model.data.categories.some(({ name, classes }) => isCalendar(model, name, classes));
}

/** FEATURES and CATEGORIES of data.py. */
export function featureSettings(model: Model, dates: TableLayout['dates']): readonly string[] {
  const { categories } = model.data;
  const names = featureNames(model);
  if (names.length === 0) return [];
  const entries = categories.map(({ name, classes }) => `    ${pythonString(name)}: [${classes.map(pythonString).join(', ')}],`);
  return [
    `# What follows the columns in each time step: ${model.data.labels.length > 0 ? `numbers of the series${categories.length > 0 ? ', then ' : ''}` : ''}${categories.length > 0 ? 'categories by their place in CATEGORIES' : ''}.`,
    pythonList('FEATURES', names),
    ...(entries.length > 0 ? [`CATEGORIES = {\n${entries.join('\n')}\n}`] : []),
    ...(usesCalendar(model) && dates !== null ? [`DATE = re.compile(r"${datePatterns[dates.order]}")`] : []),
  ];
}

const clock = String.raw`(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})[\d:.,]*\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?`;

const datePatterns: Readonly<Record<DateOrder, string>> = {
  'year-first': String.raw`(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})${clock}`,
  'year-month': String.raw`(?P<year>\d{4})[-/](?P<month>\d{1,2})`,
  compact: String.raw`(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})`,
  'day-first': String.raw`(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})${clock}`,
  'month-first': String.raw`(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4})${clock}`,
};

/** read_features() of data.py for a file, with what it needs; nothing where nothing follows the columns. */
export function fileFeatures(model: Model, { dates }: TableLayout): readonly string[] {
  const { labels, categories } = model.data;
  if (labels.length + categories.length === 0) return [];
  const calendar = usesCalendar(model) && dates !== null ? dates : null;
  const told = [
    ...labels.map((name, place) => `np.nan_to_num([number(cell) for cell in table[${pythonString(name)}]], nan=OFFSETS[len(COLUMNS)${place === 0 ? '' : ` + ${place}`}])`),
    ...categories.map(({ name, classes }) => (isCalendar(model, name, classes) ? `[${calendarNumbers[name]} for day in days]` : `categories(${pythonString(name)}, table)`)),
  ];
  const hasColumns = categories.some(({ name, classes }) => !isCalendar(model, name, classes));
  return [
    ...(calendar === null ? [] : [dayCode(calendar.order)]),
    ...(hasColumns ? [categoriesCode] : []),
    `def read_features(table):
    """What stands in each row for FEATURES, a list each${labels.length > 0 ? '; a number that is missing is the mean of them' : ''}."""
${calendar === null ? '' : `    days = [day_of(cell) for cell in table[${pythonString(calendar.column)}]]\n`}    return [
${told.map((line) => `        ${line},`).join('\n')}
    ]`,
  ];
}

const calendarNumbers: Readonly<Record<CalendarName, string>> = { month: 'day.month - 1', 'day of week': 'day.weekday()' };

const categoriesCode = `def categories(name, table):
    """The categories of a column by their place among all of them. Raises ValueError for one that the training data had not."""
    return [CATEGORIES[name].index(cell.strip()) for cell in table[name]]`;

function dayCode(order: DateOrder): string {
  const hasClock = order !== 'year-month' && order !== 'compact';
  const day = order === 'year-month' ? '1' : 'int(found["day"])';
  const moment = `datetime(int(found["year"]), int(found["month"]), ${day})`;
  return `def day_of(cell):
    """The date in a cell${hasClock ? ', in UTC where it names an offset' : ''}."""
    found = DATE.fullmatch(cell.strip())
    if found is None:
        raise ValueError(f"{cell!r} is not written like the other dates")
${
  hasClock
    ? `    day, offset = ${moment}, found["offset"]
    if offset in (None, "Z"):
        return day
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    day += timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))
    return day + ahead if offset[0] == "-" else day - ahead`
    : `    return ${moment}`
}`;
}
