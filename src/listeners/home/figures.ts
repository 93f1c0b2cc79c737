import type { KnownBlock } from '@slack/types';
import { DAYS_ARG, FIGURE_DAYS, type FigureDays, figureBlocks, spanWords } from '../../blocks/home/figures';
import { stateWord } from '../../domain/case-words';
import type { Figures } from '../../domain/figures';
import { KINDS } from '../../domain/kinds';
import type { Picture, Pictured } from '../../domain/pictured';
import { capital } from '../../domain/wording';
import { withinOr } from '../../services/deadline';
import { countFigures, figuresScope, lastDays, maySeeFigures } from '../../services/figures';
import type { HomePlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { Tab } from './tab';

/** How long a first look waits, ms; what takes longer is shown later. */
const AT_ONCE_MS = 100;

/** The figures of all areas, or of one's own. */
export const figuresTab: Tab = {
  id: 'figures',
  label: 'Figures',
  may: maySeeFigures,
  async draw(deps, { id: reader }, { page, args }, later): Promise<readonly KnownBlock[]> {
    const asked = await countedFor(deps, reader, args);
    if (!asked) throw new Error('Figures were drawn for someone who sees none.');
    const { scope, days, counting } = asked;
    const counted = await atOnce(counting);
    const drawing = counted
      ? charts(deps, counted.figures, days)
      : counting.then(({ figures }) => charts(deps, figures, days));
    const pictures = counted && (await atOnce(drawing));
    if (!pictures) later(drawing);
    return figureBlocks({
      days,
      areas: scope.only?.areas ?? null,
      counted,
      pictures: pictures ?? [],
      page,
      isPartly: scope.onlyFiled.length > 0,
    });
  },
};

/** The figures for someone's place, counted once for the page and the file; null for people who see none. */
export async function countedFor(deps: ListenerDeps, reader: string, args: HomePlace['args']) {
  const scope = await figuresScope(deps, reader);
  if (!scope) return null;
  const now = deps.now();
  const days = FIGURE_DAYS.find((count) => String(count) === args[DAYS_ARG]) ?? 30;
  const range = lastDays(days, now, scope.timeZone);
  const counting = deps.counted.once(JSON.stringify({ reader, range, scope }), async () => ({
    at: now,
    figures: await countFigures(deps, range, reader, scope),
  }));
  return { scope, days, range, counting };
}

/** The result if it comes at once, else null. Rejects like the promise. */
const atOnce = <T>(promise: Promise<T>): Promise<T | null> => withinOr(AT_ONCE_MS, promise, () => null);

async function charts({ pictures }: ListenerDeps, figures: Figures, days: FigureDays): Promise<readonly Picture[]> {
  const made = await Promise.all(chartsOf(figures, spanWords(days)).map((one) => pictures.of(one)));
  return made.filter((picture) => picture !== null);
}

/** The charts that are not empty, without kinds of which only the number is shown. */
function chartsOf({ areas, kinds, waits }: Figures, span: string): readonly FiguresPicture[] {
  const known = <Name>([
    ,
    {
      acknowledged: { inTime, late, open },
    },
  ]: readonly [Name, Figures['total']]) => inTime + late + open > 0;
  const all: readonly FiguresPicture[] = [
    {
      type: 'kept',
      promise: 'acknowledged',
      by: 'area',
      span,
      rows: areas.filter(known).map(([area, figure]) => [area ?? 'No area', figure]),
    },
    {
      type: 'kept',
      promise: 'resolved',
      by: 'kind',
      span,
      rows: kinds.filter(known).map(([kind, figure]) => [KINDS[kind].label, figure]),
    },
    {
      type: 'waits',
      span,
      rows: waits.map(({ state, medianHours }) => [capital(stateWord(state)), coarse(medianHours)]),
    },
  ];
  return all.filter(({ rows }) => rows.length);
}
type FiguresPicture = Exclude<Pictured, { readonly type: 'sp_weeks' }>;

/** Rounded, so that the same picture serves for a while. */
const coarse = (hours: number) => (hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours));
